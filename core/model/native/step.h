/* One step of the attention decoder (core/model/decoder_recurrent.py) for a few rows.
 *
 * For one sentence torch makes some 170 small operations of it, whose calls take longer than the
 * arithmetic. Here they are one call; what is computed is what core/model/inference.py computes.
 */

#include "parts.h"

typedef struct Step {
    const Decoder *d;
    int rows, sentences, positions, helpers;
    const int64_t *tokens;
    /* Of each row the sentence, and where its state lies; NULL where all have as many in turn, and
     * where states lie in the order of the rows. */
    const int32_t *owners, *parents;
    const float *state, *keys, *values, *mask;
    float *after, *weights, *scores;
    /* Room between the parts, of each row: what a matrix reads, what it makes, the top layer, and
     * the contexts; bytes as in `Product`. */
    float *x, *wide, *h, *contexts;
    int8_t *bytes;
    int32_t *sums;
    float *peaks;
    int layer, x_stride, wide_stride;
    void (*part)(const struct Step *, int row);
} Step;

#define TOGETHER 4 /* rows */

static void do_rows(const void *job, int piece) {
    const Step *s = job;
    for (int n = piece * TOGETHER; n < (piece + 1) * TOGETHER && n < s->rows; n++) s->part(s, n);
}

/* Do a part for each row. */
static void each_row(Step *s, void (*part)(const Step *, int)) {
    s->part = part;
    share(do_rows, s, (s->rows + TOGETHER - 1) / TOGETHER, s->rows > ROWS ? s->helpers : 0);
}

/* x of each row, `x_stride` apart, times a matrix, to `y`, which is `wide` if it is NULL. */
static void multiply_by(Step *s, const Matrix *m, const float *x, int x_stride, float *y) {
    Product p = {.matrix = m, .rows = s->rows, .x_stride = x_stride, .x = x, .bytes = s->bytes,
                 .sums = s->sums, .peaks = s->peaks, .y = y ? y : s->wide};
    multiply_rows(&p, s->helpers);
    s->wide_stride = p.y_stride;
}

static float *x_of(const Step *s, int row) { return s->x + (size_t)row * s->x_stride; }
static float *wide_of(const Step *s, int row) { return s->wide + (size_t)row * s->wide_stride; }
static float *h_of(const Step *s, int row) { return s->h + (size_t)row * s->d->hidden; }
static float *context_of(const Step *s, int row) { return s->contexts + (size_t)row * s->d->width; }

/* Where h of the layer at hand lies among a row's states; c is behind it. */
static size_t place_of(const Step *s, int row) {
    return ((size_t)row * s->d->layers + s->layer) * 2 * s->d->hidden;
}

static const float *state_of(const Step *s, int row) {
    return s->state + place_of(s, s->parents ? s->parents[row] : row);
}

static void copy(float *target, const float *source, int size) {
    memcpy(target, source, size * sizeof(float));
}

static void read_token(const Step *s, int row) {
    const Decoder *d = s->d;
    embed(d->kind, d->embedding, d->embeddings, d->embedding_scales, d->scale, s->tokens[row],
          x_of(s, row));
    copy(x_of(s, row) + s->d->embedding, state_of(s, row), s->d->hidden);
}

/* Top layer and context behind one another. */
static void join(const Step *s, int row) {
    copy(x_of(s, row), h_of(s, row), s->d->hidden);
    copy(x_of(s, row) + s->d->hidden, context_of(s, row), s->d->width);
}

static void join_state(const Step *s, int row) {
    join(s, row);
    copy(x_of(s, row) + s->d->hidden + s->d->width, state_of(s, row), s->d->hidden);
}

static void join_normalised(const Step *s, int row) {
    join(s, row);
    normalise(s->d->norm_weight, s->d->norm_bias, s->d->hidden + s->d->width, x_of(s, row));
}

static void advance(const Step *s, int row) {
    int hidden = s->d->hidden;
    float *after = s->after + place_of(s, row), *h = h_of(s, row);
    gate(hidden, wide_of(s, row), state_of(s, row) + hidden, after, after + hidden);
    int residual = s->layer > 0 && s->d->residual;
    for (int j = 0; j < hidden; j++) h[j] = residual ? h[j] + after[j] : after[j];
}

static void ask(const Step *s, int row) {
    const Decoder *d = s->d;
    int size = d->width / d->heads, each = s->owners ? 1 : s->rows / s->sentences;
    int b = s->owners ? s->owners[row] : row / each, k = s->owners ? 0 : row % each;
    int group = s->owners ? row : b; /* of weights: a row, or the rows of a sentence */
    float *context = context_of(s, row);
    for (int head = 0; head < d->heads; head++) {
        size_t first = ((size_t)b * d->heads + head) * s->positions * size;
        size_t place = ((size_t)group * d->heads + head) * each + k;
        attend(s->positions, size, wide_of(s, row) + head * size, s->keys + first,
               s->values + first, s->mask ? s->mask + (size_t)b * s->positions : NULL,
               s->weights + place * s->positions, context + head * size);
    }
    for (int i = 0; i < d->width; i++) context[i] *= d->strength;
}

static void rectify(const Step *s, int row) {
    float *wide = wide_of(s, row);
    for (int i = 0; i < s->wide_stride; i++) wide[i] = wide[i] < 0 ? 0 : wide[i];
}

static void score(const Step *s, int row) {
    int size = s->d->vocabulary;
    float *scores = s->scores + (size_t)row * size;
    log_softmax(size, s->wide_stride == size ? scores : wide_of(s, row), scores);
}

static void predict(Step *s) {
    const Decoder *d = s->d;
    s->x_stride = d->hidden + d->width;
    each_row(s, join_normalised);
    multiply_by(s, &d->expand, s->x, s->x_stride, NULL);
    each_row(s, rectify);
    multiply_by(s, &d->contract, s->wide, s->wide_stride, s->x);
    int whole = d->vocabulary % BLOCK == 0; /* else the scores are filled up, and lie elsewhere */
    multiply_by(s, &d->output, s->x, s->wide_stride, whole ? s->scores : NULL);
    each_row(s, score);
}

static size_t greater(size_t a, size_t b) { return a > b ? a : b; }

/* Numbers of a row between the parts: what a matrix reads, and what it makes. */
static size_t narrow_of(const Decoder *d) {
    size_t joined = greater(d->embedding, d->hidden + d->width) + d->hidden;
    return greater(joined, filled(d->contract.outputs, BLOCK));
}

static size_t wide_room(const Decoder *d) {
    size_t inner = filled(d->expand.outputs, BLOCK);
    size_t wide = greater(filled(4 * d->hidden, BLOCK), greater(inner, filled(d->width, BLOCK)));
    return d->vocabulary % BLOCK ? greater(wide, filled(d->vocabulary, BLOCK)) : wide;
}

static size_t floats_of(const Decoder *d, int rows) {
    return rows * (narrow_of(d) + wide_room(d) + d->hidden + d->width + 2);
}

/* Bytes that a step of so many rows needs between its parts. */
static size_t room_of(const Decoder *d, int rows) {
    size_t widest = greater(narrow_of(d), filled(d->expand.outputs, BLOCK));
    return floats_of(d, rows) * sizeof(float) + filled(widest, GROUP) * (size_t)filled(rows, 32);
}

/* Read a token for each of the rows, with `room` for what lies between; see `attune_step`. */
static void take_step(Step *s, void *room) {
    const Decoder *d = s->d;
    s->x = room;
    s->wide = s->x + s->rows * narrow_of(d);
    s->h = s->wide + s->rows * wide_room(d);
    s->contexts = s->h + s->rows * d->hidden;
    s->peaks = s->contexts + s->rows * d->width;
    s->sums = (int32_t *)(s->peaks + s->rows);
    s->bytes = (int8_t *)(s->sums + s->rows);
    s->x_stride = d->embedding + d->hidden;
    each_row(s, read_token);
    multiply_by(s, d->cells, s->x, s->x_stride, NULL);
    each_row(s, advance);
    multiply_by(s, &d->query, s->h, d->hidden, NULL);
    each_row(s, ask);
    for (s->layer = 1; s->layer < d->layers; s->layer++) {
        s->x_stride = 2 * d->hidden + d->width;
        each_row(s, join_state);
        multiply_by(s, d->cells + s->layer, s->x, s->x_stride, NULL);
        each_row(s, advance);
    }
    if (s->scores) predict(s);
}
