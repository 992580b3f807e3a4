/* Products of a few rows with matrices that are read once.
 *
 * Matrices [outputs, inputs] lie in blocks of BLOCK outputs, so that a block's products of a few
 * rows stay in registers while its weights are read once, in order:
 *   floats  [outputs / BLOCK][inputs][BLOCK]
 *   bytes   [outputs / BLOCK][inputs / 4][BLOCK][4], each weight + OFFSET
 * A row of inputs becomes bytes by a scale of its own (dynamic quantisation), as in
 * core/model/packed.py. Both are filled up with zeros to whole blocks and groups of four.
 *
 * This is compiled for each kind of processor that there is (see compile.py): with 512 bits and
 * products of bytes (VNNI), with 256 bits and these, and with 256 bits alone. The three find the
 * same sums of bytes.
 */

#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif
#define INLINE static inline __attribute__((always_inline))

#ifdef __AVX512VNNI__
typedef __m512 Floats;
typedef __m512i Bytes;
#define LANES 16
#define OFFSET 128 /* one factor has no sign */
#define load_floats _mm512_loadu_ps
#define store_floats _mm512_storeu_ps
#define all_floats _mm512_set1_ps
#define multiply_add _mm512_fmadd_ps
#define multiply _mm512_mul_ps
#define load_bytes(p) _mm512_loadu_si512((const void *)(p))
#define all_bytes _mm512_set1_epi32
#define no_bytes _mm512_setzero_si512
#define to_floats _mm512_cvtepi32_ps
#define subtract_ints _mm512_sub_epi32
#define add_products _mm512_dpbusd_epi32
#else
typedef __m256 Floats;
typedef __m256i Bytes;
#define LANES 8
#define load_floats _mm256_loadu_ps
#define store_floats _mm256_storeu_ps
#define all_floats _mm256_set1_ps
#define multiply_add _mm256_fmadd_ps
#define multiply _mm256_mul_ps
#define load_bytes(p) _mm256_loadu_si256((const __m256i *)(p))
#define all_bytes _mm256_set1_epi32
#define no_bytes _mm256_setzero_si256
#define to_floats _mm256_cvtepi32_ps
#define subtract_ints _mm256_sub_epi32
#ifdef __AVXVNNI__
#define OFFSET 128
#define add_products _mm256_dpbusd_avx_epi32
#else
#define OFFSET 0
/* Two products are added in 16 bits: 2 * 128 * 127 still fits. */
INLINE Bytes add_products(Bytes sums, Bytes weights, Bytes x) {
    Bytes signs = _mm256_sign_epi8(x, weights);
    Bytes pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(weights), signs);
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}
#endif
#endif

#define LEVELS 127.0f
#define BLOCK (2 * LANES)
#define ROWS 8 /* that are multiplied at once */

typedef struct {
    int32_t outputs, inputs, bytes; /* of bytes or of floats */
    const void *weights;
    const float *scales; /* [outputs filled up]; of bytes alone */
    const float *bias;   /* [outputs filled up] */
} Matrix;

typedef struct {
    int32_t embedding, hidden, width, heads, layers, vocabulary, residual, bytes;
    float scale, strength;
    const void *embeddings;        /* [vocabulary, embedding], bytes or floats */
    const float *embedding_scales; /* [vocabulary], of bytes alone */
    const Matrix *cells;           /* [layers]: gates i, f, o, g of [x; h] */
    Matrix query, expand, contract, output;
    const float *norm_weight, *norm_bias;
} Decoder;

static int filled(int count, int size) { return (count + size - 1) / size * size; }

/* --- products ----------------------------------------------------------------------------- */

/* The largest of some numbers, or of their absolute values; numbers that are none are passed over.
 * Side by side, as the compiler does not dare to take a maximum in another order. */
INLINE float largest(const float *x, int size, int absolute) {
    float most[LANES], all = absolute ? 0 : -INFINITY;
    for (int j = 0; j < LANES; j++) most[j] = all;
    int i = 0;
    for (; i + LANES <= size; i += LANES)
        for (int j = 0; j < LANES; j++) {
            float number = absolute ? fabsf(x[i + j]) : x[i + j];
            most[j] = number > most[j] ? number : most[j];
        }
    for (int j = 0; j < LANES; j++) all = most[j] > all ? most[j] : all;
    for (; i < size; i++) {
        float number = absolute ? fabsf(x[i]) : x[i];
        all = number > all ? number : all;
    }
    return all;
}

/* A row as bytes of both signs; returns its peak. */
static float round_row(const float *x, int size, int8_t *bytes, int32_t *sum) {
    float peak = largest(x, size, 1);
    float scale = peak > 0 ? LEVELS / peak : 0;
    int32_t total = 0;
    for (int i = 0; i < size; i++) {
        int32_t value = (int32_t)(x[i] * scale + 128.5f) - 128;
        bytes[i] = (int8_t)value;
        total += value;
    }
    memset(bytes + size, 0, filled(size, 4) - size);
    *sum = total;
    return peak;
}

INLINE void bytes_block(const Matrix *m, int block, int count, const int8_t *x, int stride,
                        const int32_t *sums, const float *peaks, float *y, int y_stride) {
    int groups = stride / 4;
    const uint8_t *w = (const uint8_t *)m->weights + (size_t)block * BLOCK * stride;
    Bytes found[ROWS][2];
    for (int n = 0; n < count; n++) found[n][0] = found[n][1] = no_bytes();
    for (int k = 0; k < groups; k++, w += 4 * BLOCK) {
        Bytes low = load_bytes(w), high = load_bytes(w + 4 * LANES);
        _mm_prefetch((const char *)w + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)w + 2048 + 64, _MM_HINT_T0);
        for (int n = 0; n < count; n++) {
            int32_t four;
            memcpy(&four, x + (size_t)n * stride + 4 * k, 4);
            Bytes all = all_bytes(four);
            found[n][0] = add_products(found[n][0], low, all);
            found[n][1] = add_products(found[n][1], high, all);
        }
    }
    for (int half = 0; half < 2; half++) {
        int place = block * BLOCK + half * LANES;
        Floats scales = load_floats(m->scales + place), bias = load_floats(m->bias + place);
        for (int n = 0; n < count; n++) {
            Bytes whole = subtract_ints(found[n][half], all_bytes(OFFSET * sums[n]));
            Floats found_here = multiply(to_floats(whole), scales);
            store_floats(y + (size_t)n * y_stride + place,
                         multiply_add(found_here, all_floats(peaks[n] / LEVELS), bias));
        }
    }
}

INLINE void floats_block(const Matrix *m, int block, int count, const float *x, int stride,
                         float *y, int y_stride) {
    const float *w = (const float *)m->weights + (size_t)block * BLOCK * m->inputs;
    int place = block * BLOCK;
    Floats low = load_floats(m->bias + place), high = load_floats(m->bias + place + LANES);
    Floats found[ROWS][2];
    for (int n = 0; n < count; n++) found[n][0] = low, found[n][1] = high;
    for (int k = 0; k < m->inputs; k++, w += BLOCK) {
        low = load_floats(w), high = load_floats(w + LANES);
        _mm_prefetch((const char *)w + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)w + 2048 + 64, _MM_HINT_T0);
        for (int n = 0; n < count; n++) {
            Floats all = all_floats(x[(size_t)n * stride + k]);
            found[n][0] = multiply_add(low, all, found[n][0]);
            found[n][1] = multiply_add(high, all, found[n][1]);
        }
    }
    for (int n = 0; n < count; n++) {
        store_floats(y + (size_t)n * y_stride + place, found[n][0]);
        store_floats(y + (size_t)n * y_stride + place + LANES, found[n][1]);
    }
}

/* The number of rows as a constant, so that their sums stay in registers. */
#define FOR_EACH_COUNT(count, call)                                                                \
    switch (count) {                                                                               \
    case 1: call(1); break;                                                                        \
    case 2: call(2); break;                                                                        \
    case 3: call(3); break;                                                                        \
    case 4: call(4); break;                                                                        \
    case 5: call(5); break;                                                                        \
    case 6: call(6); break;                                                                        \
    case 7: call(7); break;                                                                        \
    default: call(8); break;                                                                       \
    }

/* A product of up to ROWS rows. */
typedef struct {
    const Matrix *matrix;
    int count, stride, y_stride;
    const float *x; /* rows `stride` apart, of floats */
    const int8_t *bytes;
    const int32_t *sums;
    const float *peaks;
    float *y;
} Product;

#define PIECE 8 /* blocks */

static void multiply_piece(const void *job, int piece) {
    const Product *p = job;
    int blocks = filled(p->matrix->outputs, BLOCK) / BLOCK;
    int last = (piece + 1) * PIECE < blocks ? (piece + 1) * PIECE : blocks;
    for (int block = piece * PIECE; block < last; block++) {
        if (p->matrix->bytes) {
#define CALL(n)                                                                                    \
    bytes_block(p->matrix, block, n, p->bytes, p->stride, p->sums, p->peaks, p->y, p->y_stride)
            FOR_EACH_COUNT(p->count, CALL)
#undef CALL
        } else {
#define CALL(n) floats_block(p->matrix, block, n, p->x, p->stride, p->y, p->y_stride)
            FOR_EACH_COUNT(p->count, CALL)
#undef CALL
        }
    }
}

/* x Wᵀ + b: x [rows, inputs], its rows `stride` apart, to y [rows, outputs filled up]. `bytes`
 * has room for ROWS rows as bytes. */
static void product(const Matrix *m, int rows, const float *x, int stride, float *y, int8_t *bytes,
                    int helped) {
    int blocks = filled(m->outputs, BLOCK) / BLOCK, y_stride = blocks * BLOCK;
    int width = filled(m->inputs, 4);
    float peaks[ROWS];
    int32_t sums[ROWS];
    for (int first = 0; first < rows; first += ROWS) {
        int count = rows - first < ROWS ? rows - first : ROWS;
        const float *in = x + (size_t)first * stride;
        for (int n = 0; m->bytes && n < count; n++)
            peaks[n] = round_row(in + (size_t)n * stride, m->inputs, bytes + n * width, sums + n);
        Product job = {m, count, m->bytes ? width : stride, y_stride, in, bytes,
                       sums, peaks, y + (size_t)first * y_stride};
        share(multiply_piece, &job, (blocks + PIECE - 1) / PIECE, helped);
    }
}
