/* One step of the attention decoder (core/model/decoder_recurrent.py) for a few rows.
 *
 * For one sentence torch makes some 170 small operations of it, whose calls take longer than the
 * arithmetic. Here they are one call; what is computed is what core/model/inference.py computes.
 */

#include "products.h"

#define VERSION 1 /* one more whenever what Python knows of this changes */

/* --- numbers, written so that the compiler makes vectors of the loops around them --------- */

/* e to the x, to the last bit or two: x = n log 2 + r, and a polynomial of Cephes' expf for r. */
INLINE float exponential(float x) {
    x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
    float whole = floorf(x * 1.44269504088896341f + 0.5f);
    x -= whole * 0.693359375f;
    x += whole * 2.12194440e-4f;
    float y = 1.9875691500e-4f;
    y = y * x + 1.3981999507e-3f;
    y = y * x + 8.3334519073e-3f;
    y = y * x + 4.1665795894e-2f;
    y = y * x + 1.6666665459e-1f;
    y = y * x + 5.0000001201e-1f;
    y = y * x * x + x + 1.0f;
    union {
        int32_t bits;
        float number;
    } power = {((int32_t)whole + 127) << 23};
    return y * power.number;
}

INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINE float hyperbolic(float x) { return 1.0f - 2.0f / (1.0f + exponential(2.0f * x)); }

/* --- parts of the step -------------------------------------------------------------------- */

static void embed(const Decoder *d, int64_t token, float *x) {
    size_t first = (size_t)token * d->embedding;
    if (d->bytes) {
        const int8_t *row = (const int8_t *)d->embeddings + first;
        float scale = d->embedding_scales[token];
        for (int i = 0; i < d->embedding; i++) x[i] = (float)row[i] * scale * d->scale;
    } else {
        const float *row = (const float *)d->embeddings + first;
        for (int i = 0; i < d->embedding; i++) x[i] = row[i] * d->scale;
    }
}

/* An LSTM's gates i, f, o, g (Hochreiter & Schmidhuber 1997) and its c to the new h and c. */
static void gate(int hidden, const float *gates, const float *c, float *restrict new_h,
                 float *restrict new_c) {
    const float *i = gates, *f = i + hidden, *o = f + hidden, *g = o + hidden;
    for (int j = 0; j < hidden; j++) {
        float cell = sigmoid(f[j]) * c[j] + sigmoid(i[j]) * hyperbolic(g[j]);
        new_c[j] = cell;
        new_h[j] = sigmoid(o[j]) * hyperbolic(cell);
    }
}

/* softmax(q Kᵀ + mask) V of one head (Vaswani et al. 2017, eq. 1); √D is in the keys already. */
static void attend(int positions, int size, const float *query, const float *keys,
                   const float *values, const float *mask, float *weights, float *context) {
    for (int s = 0; s < positions; s++) {
        float energy = 0;
        for (int j = 0; j < size; j++) energy += query[j] * keys[s * size + j];
        weights[s] = mask ? energy + mask[s] : energy;
    }
    float most = largest(weights, positions, 0), sum = 0;
    for (int s = 0; s < positions; s++) {
        /* The least exponential is no 0, which is what padding gets. */
        weights[s] = weights[s] - most < -80.0f ? 0.0f : exponential(weights[s] - most);
        sum += weights[s];
    }
    memset(context, 0, size * sizeof(float));
    for (int s = 0; s < positions; s++) {
        weights[s] /= sum;
        for (int j = 0; j < size; j++) context[j] += weights[s] * values[s * size + j];
    }
}

static void normalise(const Decoder *d, int size, const float *x, float *y) {
    float mean = 0, variance = 0;
    for (int i = 0; i < size; i++) mean += x[i];
    mean /= (float)size;
    for (int i = 0; i < size; i++) variance += (x[i] - mean) * (x[i] - mean);
    float scale = 1.0f / sqrtf(variance / (float)size + 1e-5f);
    for (int i = 0; i < size; i++)
        y[i] = (x[i] - mean) * scale * d->norm_weight[i] + d->norm_bias[i];
}

/* Scores [vocabulary] to log-probabilities; `target` may be what is read. */
static void log_softmax(int size, const float *scores, float *target) {
    float most = largest(scores, size, 0), sum = 0;
    for (int i = 0; i < size; i++) sum += exponential(scores[i] - most);
    float normaliser = most + logf(sum);
    for (int i = 0; i < size; i++) target[i] = scores[i] - normaliser;
}

/* --- the step ----------------------------------------------------------------------------- */

typedef struct {
    float *x, *wide, *h, *contexts;
    int8_t *bytes;
    int helped;
} Room;

static void ask(const Decoder *d, int rows, int sentences, int positions, const float *keys,
                const float *values, const float *mask, Room *room, float *weights) {
    int size = d->width / d->heads, each = rows / sentences;
    int stride = filled(d->query.outputs, BLOCK);
    product(&d->query, rows, room->h, d->hidden, room->wide, room->bytes, room->helped);
    for (int n = 0; n < rows; n++) {
        int b = n / each, k = n % each;
        float *context = room->contexts + (size_t)n * d->width;
        for (int head = 0; head < d->heads; head++) {
            size_t place = (size_t)b * d->heads + head;
            attend(positions, size, room->wide + (size_t)n * stride + head * size,
                   keys + place * positions * size, values + place * positions * size,
                   mask ? mask + (size_t)b * positions : NULL,
                   weights + (place * each + k) * positions, context + head * size);
        }
        for (int i = 0; i < d->width; i++) context[i] *= d->strength;
    }
}

static void advance(const Decoder *d, int layer, int rows, int inputs, const float *state,
                    float *after, Room *room) {
    const Matrix *cell = d->cells + layer;
    int hidden = d->hidden, all = 2 * d->layers * hidden, stride = inputs + hidden;
    for (int n = 0; n < rows; n++)
        memcpy(room->x + (size_t)n * stride + inputs, state + (size_t)n * all + 2 * layer * hidden,
               hidden * sizeof(float));
    product(cell, rows, room->x, stride, room->wide, room->bytes, room->helped);
    for (int n = 0; n < rows; n++) {
        size_t place = (size_t)n * all + 2 * layer * hidden;
        gate(hidden, room->wide + (size_t)n * filled(cell->outputs, BLOCK), state + place + hidden,
             after + place, after + place + hidden);
    }
}

/* Each row's h and context behind one another in `room->x`, `stride` apart. */
static void join(const Decoder *d, int rows, int stride, Room *room) {
    for (int n = 0; n < rows; n++) {
        float *x = room->x + (size_t)n * stride;
        memcpy(x, room->h + (size_t)n * d->hidden, d->hidden * sizeof(float));
        memcpy(x + d->hidden, room->contexts + (size_t)n * d->width, d->width * sizeof(float));
    }
}

static void predict(const Decoder *d, int rows, Room *room, float *scores) {
    int joined = d->hidden + d->width, inner = filled(d->expand.outputs, BLOCK);
    int vocabulary = filled(d->vocabulary, BLOCK);
    join(d, rows, joined, room);
    for (int n = 0; n < rows; n++)
        normalise(d, joined, room->x + (size_t)n * joined, room->x + (size_t)n * joined);
    product(&d->expand, rows, room->x, joined, room->wide, room->bytes, room->helped);
    for (int i = 0; i < rows * inner; i++) room->wide[i] = room->wide[i] < 0 ? 0 : room->wide[i];
    product(&d->contract, rows, room->wide, inner, room->x, room->bytes, room->helped);
    int features = filled(d->contract.outputs, BLOCK);
    product(&d->output, rows, room->x, features, room->wide, room->bytes, room->helped);
    for (int n = 0; n < rows; n++)
        log_softmax(d->vocabulary, room->wide + (size_t)n * vocabulary,
                    scores + (size_t)n * d->vocabulary);
}

static int greater(int a, int b) { return a > b ? a : b; }

/* Room for the numbers between the parts, in one piece that `x` begins. */
static int take_room(const Decoder *d, int rows, Room *room) {
    int narrow = greater(filled(d->contract.outputs, BLOCK), d->embedding + d->hidden);
    narrow = filled(greater(narrow, 2 * d->hidden + d->width), 64);
    int wide = greater(filled(4 * d->hidden, BLOCK), filled(d->vocabulary, BLOCK));
    wide = greater(wide, greater(filled(d->expand.outputs, BLOCK), filled(d->width, BLOCK)));
    int widest = greater(narrow, filled(d->expand.outputs, BLOCK));
    size_t floats = (size_t)rows * (narrow + wide + d->hidden + d->width);
    room->x = malloc(floats * sizeof(float) + (size_t)ROWS * widest);
    if (!room->x) return 0;
    room->wide = room->x + (size_t)rows * narrow;
    room->h = room->wide + (size_t)rows * wide;
    room->contexts = room->h + (size_t)rows * d->hidden;
    room->bytes = (int8_t *)(room->contexts + (size_t)rows * d->width);
    return 1;
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

/* Whoever calls must agree about these. */
EXPORT void attune_facts(int32_t facts[5]) {
    facts[0] = VERSION;
    facts[1] = sizeof(Matrix);
    facts[2] = sizeof(Decoder);
    facts[3] = BLOCK;
    facts[4] = OFFSET;
}

/* Read a token for each of the rows [N], of which each of the sentences [B] has as many.
 *
 * `state` and `after` are [N, layers, 2, hidden]; `keys` and `values` [B, heads, S, width / heads];
 * `mask` is [B, S] or NULL; `weights` [B, heads, K, S]; `scores` [N, vocabulary], or NULL where
 * nothing is to be predicted. A second thread may help if `helped`. Returns 0, 1 where a token is
 * none of the vocabulary, and 2 where there is no memory. */
EXPORT int attune_step(const Decoder *d, int rows, int sentences, int positions,
                       const int64_t *tokens, const float *state, const float *keys,
                       const float *values, const float *mask, int helped, float *after,
                       float *weights, float *scores) {
    for (int n = 0; n < rows; n++)
        if (tokens[n] < 0 || tokens[n] >= d->vocabulary) return 1;
    Room room;
    if (!take_room(d, rows, &room)) return 2;
    room.helped = helped;
    int hidden = d->hidden, all = 2 * d->layers * hidden;
    for (int n = 0; n < rows; n++)
        embed(d, tokens[n], room.x + (size_t)n * (d->embedding + hidden));
    advance(d, 0, rows, d->embedding, state, after, &room);
    for (int n = 0; n < rows; n++)
        memcpy(room.h + (size_t)n * hidden, after + (size_t)n * all, hidden * sizeof(float));
    ask(d, rows, sentences, positions, keys, values, mask, &room, weights);
    for (int layer = 1; layer < d->layers; layer++) {
        join(d, rows, hidden + d->width + hidden, &room);
        advance(d, layer, rows, hidden + d->width, state, after, &room);
        for (int n = 0; n < rows; n++) {
            const float *above = after + (size_t)n * all + 2 * layer * hidden;
            float *h = room.h + (size_t)n * hidden;
            for (int j = 0; j < hidden; j++) h[j] = d->residual ? h[j] + above[j] : above[j];
        }
    }
    if (scores) predict(d, rows, &room, scores);
    free(room.x);
    return 0;
}
