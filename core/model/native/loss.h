/* Cross-entropy of an output layer, and its gradient. Included by step.c. */

typedef struct {
    int32_t rows, vocabulary, helpers, halves, learning;
    float smoothing;
    void *scores;            /* [N, V] floats or halves: without bias, then their gradients */
    const float *bias;       /* [V] */
    const int64_t *targets;  /* [N] */
    float *likely, *spread;  /* [N]: minus log-probability of the target, and the mean of all */
    float *bias_gradients;   /* [N / LOSS_ROWS, V], of as many rows each */
} Loss;

#define LOSS_ROWS 64
#define STRIP 256 /* scores that are looked at together */

/* Some scores as floats, bias and all. */
INLINE void read_scores(const Loss *l, size_t row, int first, int size, float *x) {
    read_numbers(l->scores, row * l->vocabulary + first, size, l->halves, x);
    for (int i = 0; i < size; i++) x[i] += l->bias[first + i];
}

/* Log-probabilities of a row: the log of the sum of all exponentials; the mean score in `mean`. */
INLINE float normaliser_of(const Loss *l, size_t row, float *mean) {
    float x[STRIP], most = -INFINITY, sum = 0, total = 0;
    for (int first = 0; first < l->vocabulary; first += STRIP) {
        int size = l->vocabulary - first < STRIP ? l->vocabulary - first : STRIP;
        read_scores(l, row, first, size, x);
        float peak = largest(x, size, 0), part = 0;
        if (peak > most) {
            sum *= exponential(most - peak); /* of what was summed so far */
            most = peak;
        }
        if (most > -INFINITY) /* else all are, or there is no number, which `total` tells */
            for (int i = 0; i < size; i++) part += exponential(x[i] - most);
        sum += part;
        part = 0;
        for (int i = 0; i < size; i++) part += x[i];
        total += part;
    }
    *mean = total / (float)l->vocabulary;
    return total != total ? total : most + logf(sum);
}

static void lose_row(const Loss *l, size_t row, float *bias_gradient) {
    float x[STRIP], mean, normaliser = normaliser_of(l, row, &mean);
    int target = (int)l->targets[row];
    read_scores(l, row, target, 1, x);
    l->likely[row] = normaliser - x[0];
    l->spread[row] = normaliser - mean;
    if (!l->learning) return;
    float even = l->smoothing / (float)l->vocabulary;
    for (int first = 0; first < l->vocabulary; first += STRIP) {
        int size = l->vocabulary - first < STRIP ? l->vocabulary - first : STRIP;
        read_scores(l, row, first, size, x);
        for (int i = 0; i < size; i++) x[i] = exponential(x[i] - normaliser) - even;
        if (target >= first && target < first + size) x[target - first] -= 1 - l->smoothing;
        for (int i = 0; i < size; i++) bias_gradient[first + i] += x[i];
        write_numbers(x, size, l->halves, l->scores, row * l->vocabulary + first);
    }
}

static void lose_rows(const void *job, int piece) {
    const Loss *l = job;
    float *bias_gradient = l->bias_gradients + (size_t)piece * l->vocabulary;
    if (l->learning) memset(bias_gradient, 0, l->vocabulary * sizeof(float));
    for (int row = piece * LOSS_ROWS; row < (piece + 1) * LOSS_ROWS && row < l->rows; row++)
        lose_row(l, row, bias_gradient);
}
