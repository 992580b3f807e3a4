/* One step of the attention decoder (core/model/decoder_recurrent.py) for a few rows.
 *
 * For one sentence torch makes some 170 small operations of it, whose calls take longer than the
 * arithmetic. Here they are one call; what is computed is what core/model/inference.py computes.
 */

#include "parts.h"

#define VERSION 4 /* one more whenever what Python knows of this changes */

/* --- the step ----------------------------------------------------------------------------- */

typedef struct Step {
    const Decoder *d;
    int rows, sentences, positions, helpers;
    const int64_t *tokens;
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

static void copy(float *target, const float *source, int size) {
    memcpy(target, source, size * sizeof(float));
}

static void read_token(const Step *s, int row) {
    embed(s->d, s->tokens[row], x_of(s, row));
    copy(x_of(s, row) + s->d->embedding, s->state + place_of(s, row), s->d->hidden);
}

/* Top layer and context behind one another. */
static void join(const Step *s, int row) {
    copy(x_of(s, row), h_of(s, row), s->d->hidden);
    copy(x_of(s, row) + s->d->hidden, context_of(s, row), s->d->width);
}

static void join_state(const Step *s, int row) {
    join(s, row);
    copy(x_of(s, row) + s->d->hidden + s->d->width, s->state + place_of(s, row), s->d->hidden);
}

static void join_normalised(const Step *s, int row) {
    join(s, row);
    normalise(s->d, s->d->hidden + s->d->width, x_of(s, row));
}

static void advance(const Step *s, int row) {
    int hidden = s->d->hidden;
    float *after = s->after + place_of(s, row), *h = h_of(s, row);
    gate(hidden, wide_of(s, row), s->state + place_of(s, row) + hidden, after, after + hidden);
    int residual = s->layer > 0 && s->d->residual;
    for (int j = 0; j < hidden; j++) h[j] = residual ? h[j] + after[j] : after[j];
}

static void ask(const Step *s, int row) {
    const Decoder *d = s->d;
    int size = d->width / d->heads, each = s->rows / s->sentences, b = row / each, k = row % each;
    float *context = context_of(s, row);
    for (int head = 0; head < d->heads; head++) {
        size_t place = (size_t)b * d->heads + head, first = place * s->positions * size;
        attend(s->positions, size, wide_of(s, row) + head * size, s->keys + first,
               s->values + first, s->mask ? s->mask + (size_t)b * s->positions : NULL,
               s->weights + (place * each + k) * s->positions, context + head * size);
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

/* Room for the numbers between the parts, in one piece that `x` begins. */
static int take_room(Step *s) {
    const Decoder *d = s->d;
    size_t rows = s->rows, joined = greater(d->embedding, d->hidden + d->width) + d->hidden;
    size_t inner = filled(d->expand.outputs, BLOCK), vocabulary = filled(d->vocabulary, BLOCK);
    size_t narrow = greater(joined, filled(d->contract.outputs, BLOCK));
    size_t wide = greater(filled(4 * d->hidden, BLOCK), greater(inner, filled(d->width, BLOCK)));
    if (d->vocabulary % BLOCK) wide = greater(wide, vocabulary);
    size_t bytes = filled(greater(narrow, inner), GROUP) * (size_t)filled(s->rows, 32);
    size_t floats = rows * (narrow + wide + d->hidden + d->width + 2);
    s->x = malloc(floats * sizeof(float) + bytes);
    if (!s->x) return 0;
    s->wide = s->x + rows * narrow;
    s->h = s->wide + rows * wide;
    s->contexts = s->h + rows * d->hidden;
    s->peaks = s->contexts + rows * d->width;
    s->sums = (int32_t *)(s->peaks + rows);
    s->bytes = (int8_t *)(s->sums + rows);
    return 1;
}

/* Read a token for each of the rows [N], of which each of the sentences [B] has as many.
 *
 * `state` and `after` are [N, layers, 2, hidden]; `keys` and `values` [B, heads, S, width / heads];
 * `mask` is [B, S] or NULL; `weights` [B, heads, K, S]; `scores` [N, vocabulary], or NULL where
 * nothing is to be predicted. Returns 0, 1 where a token is none of the vocabulary, and 2 where
 * there is no memory. */
EXPORT int attune_step(const Decoder *d, int rows, int sentences, int positions, int helpers,
                       const int64_t *tokens, const float *state, const float *keys,
                       const float *values, const float *mask, float *after, float *weights,
                       float *scores) {
    for (int n = 0; n < rows; n++)
        if (tokens[n] < 0 || tokens[n] >= d->vocabulary) return 1;
    Step s = {.d = d, .rows = rows, .sentences = sentences, .positions = positions,
              .helpers = helpers, .tokens = tokens, .state = state, .keys = keys,
              .values = values, .mask = mask, .after = after, .weights = weights,
              .scores = scores};
    if (!take_room(&s)) return 2;
    s.x_stride = d->embedding + d->hidden;
    each_row(&s, read_token);
    multiply_by(&s, d->cells, s.x, s.x_stride, NULL);
    each_row(&s, advance);
    multiply_by(&s, &d->query, s.h, d->hidden, NULL);
    each_row(&s, ask);
    for (s.layer = 1; s.layer < d->layers; s.layer++) {
        s.x_stride = 2 * d->hidden + d->width;
        each_row(&s, join_state);
        multiply_by(&s, d->cells + s.layer, s.x, s.x_stride, NULL);
        each_row(&s, advance);
    }
    if (scores) predict(&s);
    free(s.x);
    return 0;
}

/* x Wᵀ + b of bytes: x [rows, inputs] to y [rows, outputs filled up]. 1 if there is no memory. */
EXPORT int attune_product(const Matrix *m, int rows, int helpers, const float *x, float *y) {
    size_t bytes = (size_t)filled(m->inputs, GROUP) * filled(rows, 32);
    float *peaks = malloc(bytes + 2 * sizeof(float) * rows);
    if (!peaks) return 1;
    Product p = {.matrix = m, .rows = rows, .x_stride = m->inputs, .x = x, .peaks = peaks,
                 .sums = (int32_t *)(peaks + rows), .bytes = (int8_t *)(peaks + 2 * (size_t)rows),
                 .y = y};
    multiply_rows(&p, helpers);
    free(peaks);
    return 0;
}

/* --- the choice --------------------------------------------------------------------------- */

enum { TOTAL, ROW, TOKEN, LOG, COLUMNS };

/* Put a continuation among the best, in order: behind those as good, which were found before. */
static void put(double *best, int count, int full, double total, double row, double token,
                double log_probability) {
    int place = full < count ? full : count - 1;
    while (place > 0 && best[TOTAL * count + place - 1] < total) {
        for (int column = 0; column < COLUMNS; column++)
            best[column * count + place] = best[column * count + place - 1];
        place--;
    }
    best[TOTAL * count + place] = total;
    best[ROW * count + place] = row;
    best[TOKEN * count + place] = token;
    best[LOG * count + place] = log_probability;
}

/* The best continuations of each sentence: `logs` [sentences, rows, vocabulary] on top of `totals`
 * [sentences, rows], to `best` [sentences, COLUMNS, count], the first of equal ones first. Those
 * of minus infinity are none; a place that nothing takes has that total. Returns 1 where a number
 * is none. */
EXPORT int attune_best(int sentences, int rows, int vocabulary, int count, const float *logs,
                       const float *totals, double *best) {
    int bad = 0;
    for (int b = 0; b < sentences; b++, best += COLUMNS * count) {
        int full = 0;
        for (int i = 0; i < COLUMNS * count; i++) best[i] = i < count ? -INFINITY : 0;
        for (int row = 0; row < rows; row++, logs += vocabulary) {
            float total = *totals++;
            for (int first = 0; first < vocabulary; first += 64) {
                int size = vocabulary - first < 64 ? vocabulary - first : 64;
                for (int i = 0; i < size; i++) bad |= logs[first + i] != logs[first + i];
                /* Only what is beyond the worst of the best is looked at one by one. */
                if (largest(logs + first, size, 0) + total <= best[count - 1]) continue;
                for (int i = first; i < first + size; i++) {
                    float sum = logs[i] + total;
                    if (!(sum > best[count - 1])) continue;
                    put(best, count, full, sum, row, i, logs[i]);
                    full += full < count;
                }
            }
            bad |= total != total;
        }
    }
    return bad;
}

/* What Python must know; 0 where the system does not let this code run. */
EXPORT int attune_facts(int32_t facts[7]) {
    facts[0] = VERSION;
    facts[1] = sizeof(Matrix);
    facts[2] = sizeof(Decoder);
    facts[3] = BLOCK;
    facts[4] = GROUP;
    facts[5] = OFFSET;
    facts[6] = MOST_ROWS;
    return may_use_tiles();
}
