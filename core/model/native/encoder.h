/* An encoder of self-attention layers with rotary positions (core/model/encoder.py). Words of all
 * sentences lie behind one another as rows; padding has none, and costs nothing. Included by step.c.
 */

typedef struct {
    const float *attention_weight, *attention_bias, *inner_weight, *inner_bias; /* of the norms */
    Matrix query_key_value, output, expand, contract;
} EncoderLayer;

typedef struct {
    int32_t width, heads, layers, vocabulary, kind;
    float scale;
    const void *embeddings;        /* [vocabulary, width] */
    const float *embedding_scales; /* [vocabulary], of bytes alone */
    const EncoderLayer *each;
    const float *norm_weight, *norm_bias;
} Encoder;

typedef struct Reading {
    const Encoder *e;
    const EncoderLayer *layer;
    int rows, sentences, positions, helpers, wide_stride, made_stride;
    const int64_t *tokens;          /* [B, S] */
    const float *cosines, *sines;   /* [S, D / 2] */
    float *states;                  /* [B, S, width] */
    /* Room of each row: what a layer adds to, what a matrix reads, what it makes, and keys, values
     * and weights of attention; bytes as in `Product`. */
    float *x, *read, *wide, *made, *keys, *values, *weights, *zeros;
    int8_t *bytes;
    int32_t *sums, *firsts /* rows of the sentences [B + 1] */, *owners /* sentences of the rows */;
    float *peaks;
    void (*part)(const struct Reading *, int row);
} Reading;

static void read_rows(const void *job, int piece) {
    const Reading *r = job;
    for (int n = piece * TOGETHER; n < (piece + 1) * TOGETHER && n < r->rows; n++) r->part(r, n);
}

static void of_each_row(Reading *r, void (*part)(const Reading *, int)) {
    r->part = part;
    share(read_rows, r, (r->rows + TOGETHER - 1) / TOGETHER, r->rows > ROWS ? r->helpers : 0);
}

/* What is read of each row times a matrix, to `y`; returns how far rows of that are apart. */
static int times(Reading *r, const Matrix *m, const float *x, int x_stride, float *y) {
    Product p = {.matrix = m, .rows = r->rows, .x_stride = x_stride, .x = x, .bytes = r->bytes,
                 .sums = r->sums, .peaks = r->peaks, .y = y};
    multiply_rows(&p, r->helpers);
    return p.y_stride;
}

static float *row_of(const Reading *r, float *numbers, int row) {
    return numbers + (size_t)row * r->e->width;
}

static size_t token_of(const Reading *r, int row) {
    int b = r->owners[row];
    return (size_t)b * r->positions + (row - r->firsts[b]);
}

static void look_up(const Reading *r, int row) {
    const Encoder *e = r->e;
    embed(e->kind, e->width, e->embeddings, e->embedding_scales, e->scale,
          r->tokens[token_of(r, row)], row_of(r, r->x, row));
}

static void normalise_to(const Reading *r, int row, const float *weight, const float *bias,
                         float *target) {
    memcpy(target, row_of(r, r->x, row), r->e->width * sizeof(float));
    normalise(weight, bias, r->e->width, target);
}

static void before_attention(const Reading *r, int row) {
    normalise_to(r, row, r->layer->attention_weight, r->layer->attention_bias,
                 row_of(r, r->read, row));
}

static void add_made(const Reading *r, int row) {
    float *x = row_of(r, r->x, row);
    const float *made = r->made + (size_t)row * r->made_stride;
    for (int i = 0; i < r->e->width; i++) x[i] += made[i];
}

static void before_inner(const Reading *r, int row) {
    add_made(r, row);
    normalise_to(r, row, r->layer->inner_weight, r->layer->inner_bias, row_of(r, r->read, row));
}

static void rectify_row(const Reading *r, int row) {
    float *wide = r->wide + (size_t)row * r->wide_stride;
    for (int i = 0; i < r->wide_stride; i++) wide[i] = wide[i] < 0 ? 0 : wide[i];
}

static void give_out(const Reading *r, int row) {
    const Encoder *e = r->e;
    normalise_to(r, row, e->norm_weight, e->norm_bias,
                 r->states + token_of(r, row) * e->width);
}

/* Turn both halves of a head by the angle of its position (Su et al. 2021), times `scale`, to
 * numbers `apart` from each other. */
INLINE void turn_to(const Reading *r, int position, float scale, const float *from, float *to,
                    int apart) {
    int half = r->e->width / r->e->heads / 2;
    const float *cosines = r->cosines + position * half, *sines = r->sines + position * half;
    for (int i = 0; i < half; i++) {
        to[i * apart] = (from[i] * cosines[i] - from[half + i] * sines[i]) * scale;
        to[(half + i) * apart] = (from[half + i] * cosines[i] + from[i] * sines[i]) * scale;
    }
}

static void each_block(const Product *p) {
    for (int block = 0; block < filled(p->matrix->outputs, BLOCK) / BLOCK; block++)
        any_block(p, block, 0, p->rows);
}

/* Of one head of one sentence, keys and values as matrices in blocks. */
static void lay_out_head(const Reading *r, int first, int count, int head, float *keys,
                         float *values) {
    int width = r->e->width, size = width / r->e->heads;
    memset(keys, 0, (size_t)filled(count, BLOCK) * size * sizeof(float));
    for (int s = 0; s < count; s++) {
        const float *row = r->wide + (size_t)(first + s) * r->wide_stride + head * size;
        turn_to(r, s, 1.0f, row + width, keys + (size_t)(s / BLOCK) * size * BLOCK + s % BLOCK,
                BLOCK);
        for (int i = 0; i < filled(size, BLOCK); i++)
            values[((size_t)(i / BLOCK) * count + s) * BLOCK + i % BLOCK] =
                i < size ? row[2 * width + i] : 0.0f;
    }
}

/* One head of one sentence: softmax(Q Kᵀ / √D) V (Vaswani et al. 2017, eq. 1), of some queries at
 * once. */
static void attend_head(const void *job, int piece) {
    const Reading *r = job;
    int heads = r->e->heads, size = r->e->width / heads, b = piece / heads, head = piece % heads;
    int first = r->firsts[b], count = r->firsts[b + 1] - first, longer = filled(count, BLOCK);
    /* What is filled up is at most BLOCK numbers of each row and head. */
    size_t place = ((size_t)first + (size_t)b * BLOCK) * heads + (size_t)head * (count + BLOCK);
    float *keys = r->keys + place * size, *values = r->values + place * filled(size, BLOCK);
    float *weights = r->weights + place * ROWS;
    float queries[ROWS * 2 * MOST_HALF], answers[ROWS * (2 * MOST_HALF + BLOCK)];
    lay_out_head(r, first, count, head, keys, values);
    Matrix by_keys = {longer, size, FLOATS, keys, NULL, r->zeros};
    Matrix by_values = {filled(size, BLOCK), count, FLOATS, values, NULL, r->zeros};
    for (int s = 0; s < count; s += ROWS) {
        int some = count - s < ROWS ? count - s : ROWS;
        for (int n = 0; n < some; n++)
            turn_to(r, s + n, 1.0f / sqrtf((float)size),
                    r->wide + (size_t)(first + s + n) * r->wide_stride + head * size,
                    queries + n * size, 1);
        Product energies = {.matrix = &by_keys, .rows = some, .x_stride = size, .x = queries,
                            .y = weights, .y_stride = longer};
        each_block(&energies);
        for (int n = 0; n < some; n++) soften(count, weights + n * longer);
        Product contexts = {.matrix = &by_values, .rows = some, .x_stride = longer, .x = weights,
                            .y = answers, .y_stride = by_values.outputs};
        each_block(&contexts);
        for (int n = 0; n < some; n++)
            memcpy(row_of(r, r->read, first + s + n) + head * size,
                   answers + n * by_values.outputs, size * sizeof(float));
    }
}

static void read_layer(Reading *r) {
    const EncoderLayer *layer = r->layer;
    int width = r->e->width;
    of_each_row(r, before_attention);
    r->wide_stride = times(r, &layer->query_key_value, r->read, width, r->wide);
    share(attend_head, r, r->sentences * r->e->heads, r->helpers);
    r->made_stride = times(r, &layer->output, r->read, width, r->made);
    of_each_row(r, before_inner);
    r->wide_stride = times(r, &layer->expand, r->read, width, r->wide);
    of_each_row(r, rectify_row);
    r->made_stride = times(r, &layer->contract, r->wide, r->wide_stride, r->made);
    of_each_row(r, add_made);
}

/* The numbers of the widest row that a matrix makes. */
static size_t widest_of(const Encoder *e) {
    size_t widest = filled(3 * e->width, BLOCK);
    for (int i = 0; i < e->layers; i++)
        widest = greater(widest, filled(e->each[i].expand.outputs, BLOCK));
    return widest;
}

/* The most outputs of a head's keys or values as a matrix. */
static size_t widest_head(const Reading *r) {
    return greater(filled(r->positions, BLOCK), filled(r->e->width / r->e->heads, BLOCK));
}

/* Give every part its room; returns the bytes of all, also where `room` is NULL. */
static size_t set_out(Reading *r, char *room) {
    const Encoder *e = r->e;
    size_t rows = r->rows, width = rows * e->width, wide = widest_of(e), at = 0;
#define GIVE(to, count)                                                                        \
    if (room) to = (void *)(room + at);                                                        \
    at += ((count) * sizeof *(to) + 63) / 64 * 64;
    GIVE(r->x, width)
    GIVE(r->read, width)
    /* Keys and values of a head are filled up, and so are places; see `attend_head`. */
    size_t places = (rows + (size_t)r->sentences * BLOCK) * e->heads, size = e->width / e->heads;
    GIVE(r->keys, places * size)
    GIVE(r->values, places * filled((int)size, BLOCK))
    GIVE(r->weights, places * ROWS)
    GIVE(r->zeros, widest_head(r))
    GIVE(r->made, rows * filled(e->width, BLOCK))
    GIVE(r->wide, rows * wide)
    GIVE(r->peaks, rows)
    GIVE(r->sums, rows)
    GIVE(r->owners, rows)
    GIVE(r->firsts, (size_t)r->sentences + 1)
    GIVE(r->bytes, filled((int)wide, GROUP) * (size_t)filled(r->rows, 32))
#undef GIVE
    return at;
}

static void encode(Reading *r, const int64_t *lengths) {
    memset(r->zeros, 0, widest_head(r) * sizeof(float));
    r->firsts[0] = 0;
    for (int b = 0; b < r->sentences; b++) {
        r->firsts[b + 1] = r->firsts[b] + (int32_t)lengths[b];
        for (int row = r->firsts[b]; row < r->firsts[b + 1]; row++) r->owners[row] = b;
    }
    of_each_row(r, look_up);
    for (int i = 0; i < r->e->layers; i++) {
        r->layer = r->e->each + i;
        read_layer(r);
    }
    of_each_row(r, give_out);
}
