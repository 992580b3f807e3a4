/* What a step does with the numbers of one row, written so that the compiler makes vectors of the
 * loops. */

#include "products.h"

/* e to the x, to the last bit or two: x = n log 2 + r, and a polynomial of Cephes' expf for r. */
INLINE float exponential(float x) {
    float number = x; /* which may be none */
    x = x > -87.0f ? (x > 88.0f ? 88.0f : x) : -87.0f;
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
        uint32_t bits;
        float number;
    } power = {((uint32_t)((int32_t)whole + 127)) << 23};
    return number != number ? number : y * power.number;
}

INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINE float hyperbolic(float x) { return 1.0f - 2.0f / (1.0f + exponential(2.0f * x)); }

/* --- parts of the step -------------------------------------------------------------------- */

/* A row of a table [entries, size], times `factor`; of bytes each row has a scale of its own. */
static void embed(int kind, int size, const void *table, const float *scales, float factor,
                  int64_t token, float *x) {
    size_t first = (size_t)token * size;
    if (kind == BYTES) {
        const int8_t *row = (const int8_t *)table + first;
        float scale = scales[token];
        for (int i = 0; i < size; i++) x[i] = (float)row[i] * scale * factor;
    } else if (kind == HALVES) {
        const uint16_t *row = (const uint16_t *)table + first;
        for (int i = 0; i < size; i++) {
            union {
                uint32_t bits;
                float number;
            } upper = {(uint32_t)row[i] << 16};
            x[i] = upper.number * factor;
        }
    } else {
        const float *row = (const float *)table + first;
        for (int i = 0; i < size; i++) x[i] = row[i] * factor;
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

/* Energies to weights; those far below the greatest to 0. */
INLINE void soften(int positions, float *weights) {
    float most = largest(weights, positions, 0), sum = 0;
    for (int s = 0; s < positions; s++) {
        /* The least exponential is no 0, which is what padding gets. */
        weights[s] = weights[s] - most < -80.0f ? 0.0f : exponential(weights[s] - most);
        sum += weights[s];
    }
    for (int s = 0; s < positions; s++) weights[s] /= sum;
}

/* softmax(q Kᵀ + mask) V of one head (Vaswani et al. 2017, eq. 1); √D is in the keys already. */
static void attend(int positions, int size, const float *query, const float *keys,
                   const float *values, const float *mask, float *weights, float *context) {
    for (int s = 0; s < positions; s++) {
        float energy = 0;
        for (int j = 0; j < size; j++) energy += query[j] * keys[s * size + j];
        weights[s] = mask ? energy + mask[s] : energy;
    }
    soften(positions, weights);
    memset(context, 0, size * sizeof(float));
    for (int s = 0; s < positions; s++)
        for (int j = 0; j < size; j++) context[j] += weights[s] * values[s * size + j];
}

/* The mean taken away and divided by the deviation (Ba et al. 2016), in place. */
static void normalise(const float *weight, const float *bias, int size, float *x) {
    float mean = 0, variance = 0;
    for (int i = 0; i < size; i++) mean += x[i];
    mean /= (float)size;
    for (int i = 0; i < size; i++) variance += (x[i] - mean) * (x[i] - mean);
    float scale = 1.0f / sqrtf(variance / (float)size + 1e-5f);
    for (int i = 0; i < size; i++) x[i] = (x[i] - mean) * scale * weight[i] + bias[i];
}

/* Scores [vocabulary] to log-probabilities; `target` may be what is read. */
static void log_softmax(int size, const float *scores, float *target) {
    float most = largest(scores, size, 0), sum = 0;
    for (int i = 0; i < size; i++) sum += exponential(scores[i] - most);
    float normaliser = most + logf(sum);
    for (int i = 0; i < size; i++) target[i] = scores[i] - normaliser;
}
