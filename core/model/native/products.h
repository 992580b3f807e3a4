/* Products of a few rows with matrices that are read once.
 *
 * Matrices [outputs, inputs] lie in blocks of BLOCK outputs, so that a block's products of a few
 * rows stay in registers while its weights are read once, in order:
 *   floats  [outputs / BLOCK][inputs][BLOCK]
 *   halves  the same in bfloat16, which is the upper half of a float; computed with as floats
 *   bytes   [outputs / BLOCK][inputs / 4][BLOCK][4], each weight + OFFSET
 * A row of inputs becomes bytes by a scale of its own (dynamic quantisation), as in
 * core/model/packed.py. Both are filled up with zeros, outputs to whole blocks, inputs of bytes to
 * whole groups.
 *
 * This is compiled for each kind of processor that there is (see compile.py): with 512 bits,
 * products of bytes (VNNI) and tiles of them (AMX), without tiles, with 256 bits and VNNI, and with
 * 256 bits alone. All find the same sums of bytes.
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
#define maximum _mm512_max_ps
#define without_sign _mm512_abs_ps
#define load_bytes(p) _mm512_loadu_si512((const void *)(p))
#define all_bytes _mm512_set1_epi32
#define no_bytes _mm512_setzero_si512
#define to_floats _mm512_cvtepi32_ps
#define subtract_ints _mm512_sub_epi32
#define load_halves(p)                                                                         \
    _mm512_castsi512_ps(_mm512_slli_epi32(                                                     \
        _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)(p))), 16))
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
#define maximum _mm256_max_ps
#define without_sign(x) _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x)
#define load_bytes(p) _mm256_loadu_si256((const __m256i *)(p))
#define all_bytes _mm256_set1_epi32
#define no_bytes _mm256_setzero_si256
#define to_floats _mm256_cvtepi32_ps
#define subtract_ints _mm256_sub_epi32
#define load_halves(p)                                                                         \
    _mm256_castsi256_ps(_mm256_slli_epi32(                                                     \
        _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(p))), 16))
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
#if LANES == 16
#define ROWS 8 /* that are multiplied at once */
#else
#define ROWS 6 /* their sums, weights and one number fill the 16 registers that there are */
#endif
#define ANY_NUMBER (1 << 30)

#if LANES == 16
#define MOST_FLOAT_ROWS 16 /* more are multiplied sooner by oneDNN, also of halves */
#else
#define MOST_FLOAT_ROWS ANY_NUMBER
#endif
#ifdef __AMX_INT8__
#define GROUP 64 /* inputs of bytes are filled up to so many */
#define MOST_ROWS ANY_NUMBER
#include "tiles.h"
#else
#define GROUP 4
#if OFFSET
#define MOST_ROWS 16 /* more are multiplied sooner by oneDNN */
#else
#define MOST_ROWS ANY_NUMBER /* oneDNN is no sooner, and must do with 7 bits of x */
#endif
static int may_use_tiles(void) { return 1; }
#endif

enum { FLOATS, BYTES, HALVES };

typedef struct {
    int32_t outputs, inputs, kind;
    const void *weights;
    const float *scales; /* [outputs filled up]; of bytes alone */
    const float *bias;   /* [outputs filled up] */
} Matrix;

typedef struct {
    int32_t embedding, hidden, width, heads, layers, vocabulary, residual, kind;
    float scale, strength;
    const void *embeddings;        /* [vocabulary, embedding] */
    const float *embedding_scales; /* [vocabulary], of bytes alone */
    const Matrix *cells;           /* [layers]: gates i, f, o, g of [x; h] */
    Matrix query, expand, contract, output;
    const float *norm_weight, *norm_bias;
} Decoder;

static int filled(int count, int size) { return (count + size - 1) / size * size; }

/* --- products ----------------------------------------------------------------------------- */

/* The largest of some numbers, or of their absolute values; numbers that are none are passed over.
 * By hand, as the compiler does not dare to take a maximum in another order. */
INLINE float largest(const float *x, int size, int absolute) {
    Floats most[4];
    for (int j = 0; j < 4; j++) most[j] = all_floats(absolute ? 0 : -INFINITY);
    int i = 0;
    for (; i + 4 * LANES <= size; i += 4 * LANES)
        for (int j = 0; j < 4; j++) {
            Floats numbers = load_floats(x + i + j * LANES);
            if (absolute) numbers = without_sign(numbers);
            most[j] = maximum(numbers, most[j]); /* the second where one is no number */
        }
    float each[LANES], all = absolute ? 0 : -INFINITY;
    store_floats(each, maximum(maximum(most[0], most[1]), maximum(most[2], most[3])));
    for (int j = 0; j < LANES; j++) all = each[j] > all ? each[j] : all;
    for (; i < size; i++) {
        float number = absolute ? fabsf(x[i]) : x[i];
        all = number > all ? number : all;
    }
    return all;
}

/* A product of some rows. */
typedef struct {
    const Matrix *matrix;
    int rows, x_stride, stride, y_stride, together /* blocks a piece */;
    const float *x; /* [rows, inputs], `x_stride` apart */
    int8_t *bytes;  /* room for the rows as bytes, `stride` apart, and up to whole tiles */
    int32_t *sums;  /* of these, [rows] */
    float *peaks;   /* [rows] */
    float *y;       /* [rows, outputs filled up] */
} Product;

/* A row as bytes of both signs. One that holds no number becomes none by its peak. */
static void round_row(const Product *p, int row) {
    const float *x = p->x + (size_t)row * p->x_stride;
    int8_t *bytes = p->bytes + (size_t)row * p->stride;
    int size = p->matrix->inputs;
    float peak = largest(x, size, 1), scale = peak > 1e-30f ? LEVELS / peak : 0;
    int32_t total = 0, odd = 0;
    for (int i = 0; i < size; i++) {
        float number = x[i] * scale;
        odd |= number != number;
        int32_t value = (int32_t)(number + 128.5f) - 128;
        bytes[i] = (int8_t)value;
        total += value;
    }
    memset(bytes + size, 0, p->stride - size);
    p->sums[row] = total;
    p->peaks[row] = odd ? NAN : peak;
}

/* Sums of bytes to numbers: one vector of outputs from `place` on. */
INLINE void finish(const Product *p, int row, int place, Bytes sums) {
    const Matrix *m = p->matrix;
    Bytes whole = subtract_ints(sums, all_bytes(OFFSET * p->sums[row]));
    Floats numbers = multiply(to_floats(whole), load_floats(m->scales + place));
    Floats peak = all_floats(p->peaks[row] / LEVELS), bias = load_floats(m->bias + place);
    store_floats(p->y + (size_t)row * p->y_stride + place, multiply_add(numbers, peak, bias));
}

INLINE void bytes_block(const Product *p, int block, int first, int count) {
    int stride = p->stride;
    const uint8_t *w = (const uint8_t *)p->matrix->weights + (size_t)block * BLOCK * stride;
    const int8_t *x = p->bytes + (size_t)first * stride;
    Bytes found[ROWS][2];
    for (int n = 0; n < count; n++) found[n][0] = found[n][1] = no_bytes();
    for (int k = 0; k < stride; k += 4, w += 4 * BLOCK) {
        Bytes low = load_bytes(w), high = load_bytes(w + 4 * LANES);
        _mm_prefetch((const char *)w + 2048, _MM_HINT_T0);
        _mm_prefetch((const char *)w + 2048 + 64, _MM_HINT_T0);
        for (int n = 0; n < count; n++) {
            int32_t four;
            memcpy(&four, x + (size_t)n * stride + k, 4);
            Bytes all = all_bytes(four);
            found[n][0] = add_products(found[n][0], low, all);
            found[n][1] = add_products(found[n][1], high, all);
        }
    }
    for (int n = 0; n < count; n++) {
        finish(p, first + n, block * BLOCK, found[n][0]);
        finish(p, first + n, block * BLOCK + LANES, found[n][1]);
    }
}

INLINE void floats_block(const Product *p, int block, int first, int count, int halves) {
    const Matrix *m = p->matrix;
    int size = halves ? sizeof(uint16_t) : sizeof(float);
    const char *w = (const char *)m->weights + (size_t)block * BLOCK * m->inputs * size;
    const float *x = p->x + (size_t)first * p->x_stride;
    float *y = p->y + (size_t)first * p->y_stride + block * BLOCK;
    Floats low = load_floats(m->bias + block * BLOCK);
    Floats high = load_floats(m->bias + block * BLOCK + LANES);
    Floats found[ROWS][2];
    for (int n = 0; n < count; n++) found[n][0] = low, found[n][1] = high;
    for (int k = 0; k < m->inputs; k++, w += BLOCK * size) {
        if (halves) {
            low = load_halves(w), high = load_halves(w + LANES * size);
        } else {
            low = load_floats((const float *)w), high = load_floats((const float *)w + LANES);
        }
        _mm_prefetch(w + 2048, _MM_HINT_T0);
        _mm_prefetch(w + 2048 + 64, _MM_HINT_T0);
        for (int n = 0; n < count; n++) {
            Floats all = all_floats(x[(size_t)n * p->x_stride + k]);
            found[n][0] = multiply_add(low, all, found[n][0]);
            found[n][1] = multiply_add(high, all, found[n][1]);
        }
    }
    for (int n = 0; n < count; n++) {
        store_floats(y + (size_t)n * p->y_stride, found[n][0]);
        store_floats(y + (size_t)n * p->y_stride + LANES, found[n][1]);
    }
}

/* The number of rows as a constant, so that their sums stay in registers. */
INLINE void any_block(const Product *p, int block, int first, int count) {
#define CASE(n)                                                                                \
    case n:                                                                                    \
        if (p->matrix->kind == BYTES)                                                          \
            bytes_block(p, block, first, n);                                                   \
        else if (p->matrix->kind == HALVES)                                                    \
            floats_block(p, block, first, n, 1);                                               \
        else                                                                                   \
            floats_block(p, block, first, n, 0);                                               \
        break;
    switch (count) {
        CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6)
#if ROWS == 8
        CASE(7) CASE(8)
#endif
    }
#undef CASE
}

#define MOST_TOGETHER 8
#define WORTH 100000 /* multiply-adds, some 2 us, that a piece has at least */

/* Blocks that a thread takes at once: so few that none waits long for the last, but worth taking. */
static int blocks_together(const Product *p, int blocks, int threads) {
    int64_t each = (int64_t)p->rows * p->matrix->inputs * BLOCK;
    int together = MOST_TOGETHER;
    while (together > 1 && blocks < 8 * threads * together && each * together > 2 * WORTH)
        together /= 2;
    return together;
}

static void multiply_piece(const void *job, int piece) {
    const Product *p = job;
    int blocks = filled(p->matrix->outputs, BLOCK) / BLOCK;
    int start = piece * p->together, end = start + p->together;
    int last = end < blocks ? end : blocks;
#ifdef __AMX_INT8__
    if (p->matrix->kind == BYTES && p->rows > ROWS) {
        const uint8_t *weights = p->matrix->weights;
        int32_t found[32 * BLOCK] __attribute__((aligned(64)));
        Tiles before;
        set_up_tiles(&before);
        for (int first = 0; first < p->rows; first += 32)
            for (int block = start; block < last; block++) {
                int count = p->rows - first < 32 ? p->rows - first : 32;
                tiles_block(weights + (size_t)block * BLOCK * p->stride,
                            p->bytes + (size_t)first * p->stride, p->stride, count > 16, found);
                for (int i = 0; i < 2 * count; i++)
                    finish(p, first + i / 2, block * BLOCK + i % 2 * LANES,
                           load_bytes(found + i * LANES));
            }
        put_tiles_back(&before);
        return;
    }
#endif
    for (int block = start; block < last; block++)
        for (int first = 0; first < p->rows; first += ROWS)
            any_block(p, block, first, p->rows - first < ROWS ? p->rows - first : ROWS);
}

#define ROUNDED 16 /* rows that one thread rounds */

static void round_piece(const void *job, int piece) {
    const Product *p = job;
    for (int row = piece * ROUNDED; row < (piece + 1) * ROUNDED && row < p->rows; row++)
        round_row(p, row);
}

static void multiply_rows(Product *p, int helpers) {
    int blocks = filled(p->matrix->outputs, BLOCK) / BLOCK;
    p->y_stride = blocks * BLOCK;
    p->stride = filled(p->matrix->inputs, GROUP);
    if (p->matrix->kind == BYTES) share(round_piece, p, (p->rows + ROUNDED - 1) / ROUNDED, helpers);
    p->together = blocks_together(p, blocks, helpers + 1);
    share(multiply_piece, p, (blocks + p->together - 1) / p->together, helpers);
}
