/* An LSTM layer over all places at once, and its gradients, for training in bfloat16 with tiles
 * (AMX). Included by step.c.
 *
 * What does not wait for the place before is left to torch as large products: the input's part of
 * the gates, and the gradients of input and weights. Here is what remains: at each place h of the
 * one before times U, and the equations. U stays in the cache; a piece is some units of the layer
 * for all rows of the batch.
 */

typedef struct {
    int32_t batch, steps, hidden, helpers;
    /* Tiles of U, each of 32 inputs by 16 outputs, in pairs of inputs: forward [H / 16 units][4
     * gates][H / 32], backward, where the gates are the inputs, [H / 16 units][4 H / 32]. */
    const uint16_t *weights;
    uint16_t *gates;   /* [B, T, 4 H]: of the input, then what became of i, f, g, o */
    float *cells;      /* [B, T + 1, H], the first given */
    uint16_t *outputs; /* [B, T, H] */
    /* h as tiles read it [B in whole tiles, H], the first given; backward gradients of the gates
     * [.., 4 H]. Two, which take turns. */
    uint16_t *now, *next;
    const uint16_t *gradients;     /* [B, T, H], of the outputs */
    uint16_t *gate_gradients;      /* [B, T, 4 H] */
    float *h_gradient, *c_gradient; /* [B, H] of the last state; then of the first */
    int32_t step;
} Lstm;

#ifdef __AMX_BF16__

/* Products of up to 32 rows of halves with two columns of tiles, to `found`, 16 and 16 numbers of
 * rows that are `wide` apart. */
static void half_tiles(const uint16_t *x, int inputs, int both, const uint16_t *first,
                       const uint16_t *second, float *found, int wide) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (int k = 0; k < inputs; k += 32, first += 512, second += 512) {
        _tile_loadd(6, first, 64);
        _tile_loadd(7, second, 64);
        _tile_loadd(4, x + k, 2 * inputs);
        _tile_dpbf16ps(0, 4, 6);
        _tile_dpbf16ps(1, 4, 7);
        if (both) {
            _tile_loadd(5, x + k + 16 * (size_t)inputs, 2 * inputs);
            _tile_dpbf16ps(2, 5, 6);
            _tile_dpbf16ps(3, 5, 7);
        }
    }
    _tile_stored(0, found, 4 * wide);
    _tile_stored(1, found + 16, 4 * wide);
    if (both) {
        _tile_stored(2, found + 16 * wide, 4 * wide);
        _tile_stored(3, found + 16 * wide + 16, 4 * wide);
    }
}

#define UNITS 16 /* of a row, in one vector */

INLINE __m512 read_units(const uint16_t *halves) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(
        _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)halves)), 16));
}

/* To the nearest half, to the even one of two; what is no number stays none. */
INLINE __m256i to_halves(__m512 x) {
    __m512i bits = _mm512_castps_si512(x), one = _mm512_set1_epi32(1);
    __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), one);
    bits = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff)));
    bits = _mm512_srli_epi32(bits, 16);
    __mmask16 none = _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q);
    return _mm512_cvtepi32_epi16(_mm512_mask_set1_epi32(bits, none, 0x7fc0));
}

INLINE void write_units(__m512 x, uint16_t *halves) {
    _mm256_storeu_si256((__m256i *)halves, to_halves(x));
}

/* 1 / (1 + e to the x), to some seven digits, without a division. e to the x is 2 to the whole part of x log2 e, and a polynomial
 * of the rest (Taylor's, of at most half). Beyond 60, where nothing changes, x is cut. */
INLINE __m512 falling(__m512 x) {
    const __m512 one = _mm512_set1_ps(1);
    x = _mm512_max_ps(_mm512_set1_ps(-60), _mm512_min_ps(_mm512_set1_ps(60), x));
    x = _mm512_mul_ps(x, _mm512_set1_ps(1.44269504f));
    __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 rest = _mm512_sub_ps(x, whole), y = _mm512_set1_ps(1.5403530e-4f);
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(1.3333558e-3f));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(9.6181291e-3f));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(5.5504109e-2f));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(2.4022651e-1f));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(6.9314718e-1f));
    y = _mm512_fmadd_ps(y, rest, one);
    __m512 below = _mm512_add_ps(one, _mm512_scalef_ps(y, whole));
    __m512 found = _mm512_rcp14_ps(below); /* and a step of Newton's */
    return _mm512_mul_ps(found, _mm512_fnmadd_ps(below, found, _mm512_set1_ps(2)));
}

INLINE __m512 rising(__m512 x) { return falling(_mm512_sub_ps(_mm512_setzero_ps(), x)); }

INLINE __m512 both_ways(__m512 x) { /* tanh */
    return _mm512_fnmadd_ps(_mm512_set1_ps(2), falling(_mm512_add_ps(x, x)), _mm512_set1_ps(1));
}

/* Units of a row: c' = f c + i g, h = o tanh(c'). */
INLINE void advance_units(const Lstm *l, int row, int unit, const float *sums) {
    size_t H = l->hidden, place = (size_t)row * l->steps + l->step;
    uint16_t *gates = l->gates + place * 4 * H + unit;
    float *cells = l->cells + ((size_t)row * (l->steps + 1) + l->step) * H + unit;
    __m512 x[4];
    for (int gate = 0; gate < 4; gate++)
        x[gate] = _mm512_add_ps(read_units(gates + gate * H), _mm512_load_ps(sums + gate * UNITS));
    __m512 i = rising(x[0]), f = rising(x[1]), g = both_ways(x[2]), o = rising(x[3]);
    __m512 c = _mm512_fmadd_ps(f, _mm512_loadu_ps(cells), _mm512_mul_ps(i, g));
    _mm512_storeu_ps(cells + H, c);
    write_units(i, gates), write_units(f, gates + H);
    write_units(g, gates + 2 * H), write_units(o, gates + 3 * H);
    __m512 h = _mm512_mul_ps(o, both_ways(c));
    write_units(h, l->outputs + place * H + unit);
    write_units(h, l->next + (size_t)row * H + unit);
}

INLINE void keep_gradient(const Lstm *l, int row, int gate, int unit, __m512 gradient) {
    size_t H = l->hidden, place = (size_t)row * l->steps + l->step;
    write_units(gradient, l->gate_gradients + (place * 4 + gate) * H + unit);
    write_units(gradient, l->next + ((size_t)row * 4 + gate) * H + unit);
}

/* Units of a row, from the gradient of h, without that of the output, to those of the gates. */
INLINE void return_units(const Lstm *l, int row, int unit, const float *h_gradient) {
    const __m512 one = _mm512_set1_ps(1);
    size_t H = l->hidden, place = (size_t)row * l->steps + l->step;
    const uint16_t *gates = l->gates + place * 4 * H + unit;
    const float *cells = l->cells + ((size_t)row * (l->steps + 1) + l->step) * H + unit;
    float *c_gradient = l->c_gradient + (size_t)row * H + unit;
    __m512 i = read_units(gates), f = read_units(gates + H);
    __m512 g = read_units(gates + 2 * H), o = read_units(gates + 3 * H);
    __m512 dh = _mm512_loadu_ps(h_gradient), squashed = both_ways(_mm512_loadu_ps(cells + H));
    dh = _mm512_add_ps(dh, read_units(l->gradients + place * H + unit));
    __m512 slope = _mm512_fnmadd_ps(squashed, squashed, one), dc = _mm512_loadu_ps(c_gradient);
    dc = _mm512_fmadd_ps(_mm512_mul_ps(dh, o), slope, dc);
    _mm512_storeu_ps(c_gradient, _mm512_mul_ps(dc, f));
    __m512 of_i = _mm512_mul_ps(_mm512_mul_ps(dc, g), _mm512_fnmadd_ps(i, i, i));
    __m512 of_f = _mm512_mul_ps(_mm512_loadu_ps(cells), _mm512_fnmadd_ps(f, f, f));
    __m512 of_g = _mm512_mul_ps(_mm512_mul_ps(dc, i), _mm512_fnmadd_ps(g, g, one));
    __m512 of_o = _mm512_mul_ps(_mm512_mul_ps(dh, squashed), _mm512_fnmadd_ps(o, o, o));
    keep_gradient(l, row, 0, unit, of_i);
    keep_gradient(l, row, 1, unit, _mm512_mul_ps(dc, of_f));
    keep_gradient(l, row, 2, unit, of_g);
    keep_gradient(l, row, 3, unit, of_o);
}

/* Ask for what will be read of 32 units of some rows, before the tiles: it lies in a page of its own
 * for each row, where the processor foresees nothing. */
static void ask_ahead(const Lstm *l, int first, int count, int unit) {
    size_t H = l->hidden;
    for (int row = first; row < first + count; row++) {
        size_t place = (size_t)row * l->steps + l->step;
        const uint16_t *gates = l->gates + place * 4 * H + unit;
        for (int gate = 0; gate < 4; gate++)
            _mm_prefetch((const char *)(gates + gate * H), _MM_HINT_T0);
        const float *cells = l->cells + ((size_t)row * (l->steps + 1) + l->step) * H + unit;
        for (int part = 0; part < 4; part++)
            _mm_prefetch((const char *)(cells + part / 2 * H + part % 2 * 16), _MM_HINT_T0);
        if (l->gradients)
            _mm_prefetch((const char *)(l->gradients + place * H + unit), _MM_HINT_T0);
    }
}

static void lstm_forward_piece(const void *job, int piece) {
    const Lstm *l = job;
    int H = l->hidden;
    float sums[32 * 64] __attribute__((aligned(64)));
    Tiles before;
    set_up_tiles(&before);
    for (int first = 0; first < l->batch; first += 32) {
        int count = l->batch - first < 32 ? l->batch - first : 32;
        ask_ahead(l, first, count, 32 * piece);
        for (int part = 2 * piece; part < 2 * piece + 2; part++) {
            const uint16_t *x = l->now + (size_t)first * H;
            const uint16_t *weights = l->weights + (size_t)part * 64 * H;
            half_tiles(x, H, count > 16, weights, weights + 16 * H, sums, 64);
            half_tiles(x, H, count > 16, weights + 32 * H, weights + 48 * H, sums + 32, 64);
            for (int row = 0; row < count; row++)
                advance_units(l, first + row, UNITS * part, sums + 64 * row);
        }
    }
    put_tiles_back(&before);
}

/* At the last place the gradient of h is given; behind the first it is kept. */
static void lstm_backward_piece(const void *job, int piece) {
    const Lstm *l = job;
    int H = l->hidden, unit = 32 * piece;
    const uint16_t *weights = l->weights + (size_t)piece * 2 * 64 * H;
    float sums[32 * 32] __attribute__((aligned(64)));
    Tiles before;
    set_up_tiles(&before);
    for (int first = 0; first < l->batch; first += 32) {
        int count = l->batch - first < 32 ? l->batch - first : 32;
        if (l->step >= 0) ask_ahead(l, first, count, unit);
        if (l->step < l->steps - 1)
            half_tiles(l->now + (size_t)first * 4 * H, 4 * H, count > 16, weights,
                       weights + 64 * H, sums, 32);
        for (int row = 0; row < count; row++) {
            float *h = l->h_gradient + (size_t)(first + row) * H + unit;
            if (l->step < 0)
                memcpy(h, sums + 32 * row, 32 * sizeof(float));
            const float *given = l->step == l->steps - 1 ? h : sums + 32 * row;
            if (l->step >= 0) {
                return_units(l, first + row, unit, given);
                return_units(l, first + row, unit + 16, given + 16);
            }
        }
    }
    put_tiles_back(&before);
}

static void turn(Lstm *l) {
    uint16_t *now = l->now;
    l->now = l->next;
    l->next = now;
}

static void run_lstm(Lstm *l) {
    for (l->step = 0; l->step < l->steps; l->step++, turn(l))
        share(lstm_forward_piece, l, l->hidden / 32, l->helpers);
}

static void return_lstm(Lstm *l) {
    for (l->step = l->steps - 1; l->step >= -1; l->step--, turn(l))
        share(lstm_backward_piece, l, l->hidden / 32, l->helpers);
}
#endif
