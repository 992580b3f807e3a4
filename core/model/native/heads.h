/* Queries, keys and values, side by side as a matrix makes them, to heads of their own, queries and
 * keys turned by the angle of their position (Su et al. 2021); and the way back. Torch makes some
 * twenty passes over memory of it. Included by step.c. */

typedef struct {
    int32_t sentences, positions, heads, half, halves, back, helpers; /* half: of a head's width */
    const float *cosines, *sines; /* [S, half] */
    void *joined;                 /* [B, S, 3, heads, 2 half] */
    void *parts;                  /* [3, B, heads, S, 2 half] */
} Heads;

#define MOST_HALF 128

INLINE void read_numbers(const void *from, size_t place, int size, int halves, float *x) {
    if (!halves) {
        memcpy(x, (const float *)from + place, size * sizeof(float));
        return;
    }
    const uint16_t *source = (const uint16_t *)from + place;
    for (int i = 0; i < size; i++) {
        union {
            uint32_t bits;
            float number;
        } upper = {(uint32_t)source[i] << 16};
        x[i] = upper.number;
    }
}

/* Halves: to the nearest, to the even one of two; what is no number stays none. */
INLINE void write_numbers(const float *x, int size, int halves, void *to, size_t place) {
    if (!halves) {
        memcpy((float *)to + place, x, size * sizeof(float));
        return;
    }
    uint16_t *target = (uint16_t *)to + place;
    for (int i = 0; i < size; i++) {
        union {
            float number;
            uint32_t bits;
        } whole = {x[i]};
        uint32_t rounded = (whole.bits + 0x7fff + (whole.bits >> 16 & 1)) >> 16;
        target[i] = (uint16_t)(x[i] != x[i] ? 0x7fc0 : rounded);
    }
}

/* A head at a position turned, or turned back. */
INLINE void turn_head(const Heads *h, int position, const void *from, size_t place, void *to,
                      size_t target) {
    int half = h->half;
    const float *cosines = h->cosines + (size_t)position * half;
    const float *sines = h->sines + (size_t)position * half;
    float x[2 * MOST_HALF], y[2 * MOST_HALF], way = h->back ? -1.0f : 1.0f;
    read_numbers(from, place, 2 * half, h->halves, x);
    for (int i = 0; i < half; i++) {
        float sine = way * sines[i];
        y[i] = x[i] * cosines[i] - x[half + i] * sine;
        y[half + i] = x[half + i] * cosines[i] + x[i] * sine;
    }
    write_numbers(y, 2 * half, h->halves, to, target);
}

static void part_sentence(const void *job, int sentence) {
    const Heads *h = job;
    size_t width = 2 * h->half, size = width * (h->halves ? sizeof(uint16_t) : sizeof(float));
    for (int kind = 0; kind < 3; kind++)
        for (int head = 0; head < h->heads; head++)
            for (int s = 0; s < h->positions; s++) {
                size_t row = (size_t)sentence * h->positions + s;
                size_t joined = ((row * 3 + kind) * h->heads + head) * width;
                size_t of_kind = (size_t)kind * h->sentences + sentence;
                size_t part = ((of_kind * h->heads + head) * h->positions + s) * width;
                char *one = (char *)h->joined + joined / width * size;
                char *other = (char *)h->parts + part / width * size;
                if (kind == 2)
                    memcpy(h->back ? one : other, h->back ? other : one, size);
                else if (h->back)
                    turn_head(h, s, h->parts, part, h->joined, joined);
                else
                    turn_head(h, s, h->joined, joined, h->parts, part);
            }
}
