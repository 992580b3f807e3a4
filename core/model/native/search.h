/* A whole beam search, sentence by sentence what core/decoding/beam_search.py does: the same
 * outputs, scores and attention to the last bit. Included by step.c.
 *
 * A row is an unfinished hypothesis that is read. Rows of all steps are numbered in succession, so
 * that a row is told by its number alone, and what led to it by its parents. The rows of a
 * sentence at hand lie side by side; a sentence that is done has none, and its part of the encoded
 * source is passed over.
 */

enum { END = 3 }; /* core/text/vocab.py */

enum { GOES_ON, DONE, NOT_NUMBERS, NOTHING_ALLOWED };

typedef struct {
    const Decoder *decoder;
    int32_t sentences, positions, helpers, head; /* whose attention is kept; -1: the mean */
    int32_t beam, n_best, copies, span, banned;
    double enough;               /* finished outputs */
    const int32_t *banned_ids;   /* [banned] */
    const int32_t *bounds;       /* [B, 2]: fewest and most pieces */
    const double *penalties;     /* of outputs of 0, 1, ... pieces and the end */
    const float *keys, *values, *mask;
    float *states, *others;      /* [N, layers, 2, hidden] before and after a step */
    float *scores, *weights;     /* [N, vocabulary], [N, heads, S] */
    void *room;
    /* Of the rows at hand [N], and of each sentence [B]. */
    int64_t *tokens;
    int32_t *owners, *places;    /* the sentence, and where the state lies */
    double *totals, *new_totals;
    float *ranked;               /* totals as what is chosen from */
    int32_t *firsts, *counts;    /* of a sentence: its rows, */
    int32_t *ends, *bad;         /* its finished outputs, whether it holds what is no number, */
    double *best_ends;           /* the scores of its best ones [B, n_best], */
    double *chosen;              /* its best continuations [B, COLUMNS, 2 * beam], */
    int32_t *said;               /* and what a row of it said [B, steps] */
    /* Of all rows so far: parent (-1 at the beginning), piece, its log-probability, attention. */
    int32_t *parents, *pieces;
    float *logs, *attention;     /* [rows], [rows, S] */
    /* Finished outputs: sentence and row, score and total. */
    int32_t *finished;           /* [.., 2] */
    double *finished_scores;     /* [.., 2] */
    int32_t rows, first_row, step, steps, finished_count;
} Search;

/* Not expanded in place, where a division by the same number twice becomes a product. */
static __attribute__((noinline)) double ratio(double a, double b) { return a / b; }

/* What `row`, the number among all, says, to the end of `said`; the number of its pieces. */
static int trace(const Search *q, int row, int32_t *said) {
    for (int at = q->step; at-- > 0; row = q->parents[row]) said[at] = q->pieces[row];
    return q->step;
}

/* Forbid the pieces that would complete a loop; see `loop_ends` in core/decoding/scoring.py. */
static void forbid_loops(const Search *q, int row, int32_t *said, float *scores) {
    int length = trace(q, q->first_row + row, said);
    for (int n = 1; n <= (length + 1) / q->copies; n++) {
        int spans = (q->span + n - 1) / n, before = (spans > q->copies ? spans : q->copies) * n - 1;
        if (before > length) continue;
        int place = length - 1;
        while (place - n >= length - before && said[place] == said[place - n]) place--;
        if (place - n < length - before) scores[said[length - n]] = -INFINITY;
    }
}

/* Set what the hypotheses of a sentence may not say to minus infinity, and choose the best. */
static void look_on(const void *job, int b) {
    const Search *q = job;
    int vocabulary = q->decoder->vocabulary, count = 2 * q->beam, first = q->firsts[b];
    if (!q->counts[b]) return;
    for (int row = first; row < first + q->counts[b]; row++) {
        float *scores = q->scores + (size_t)row * vocabulary;
        for (int i = 0; i < q->banned; i++) scores[q->banned_ids[i]] = -INFINITY;
        if (q->step < q->bounds[2 * b]) scores[END] = -INFINITY;
        if (q->step >= q->bounds[2 * b + 1])
            for (int i = 0; i < vocabulary; i++)
                if (i != END) scores[i] = -INFINITY;
        if (q->copies) forbid_loops(q, row, q->said + (size_t)b * q->steps, scores);
    }
    double *best = q->chosen + (size_t)b * COLUMNS * count;
    q->bad[b] = choose(q->counts[b], vocabulary, count, q->scores + (size_t)first * vocabulary,
                       q->ranked + first, best);
    q->bad[b] |= !(best[0] < INFINITY);
}

/* A hypothesis took the end symbol. */
static void finish_output(Search *q, int b, int row, double total) {
    double score = ratio(total, q->penalties[q->step]), *best = q->best_ends + b * q->n_best;
    q->finished[2 * q->finished_count] = b;
    q->finished[2 * q->finished_count + 1] = q->first_row + row;
    q->finished_scores[2 * q->finished_count] = score;
    q->finished_scores[2 * q->finished_count++ + 1] = total;
    int place = q->ends[b] < q->n_best ? q->ends[b] : q->n_best;
    q->ends[b]++;
    while (place > 0 && best[place - 1] < score) {
        if (place < q->n_best) best[place] = best[place - 1];
        place--;
    }
    if (place < q->n_best) best[place] = score;
}

/* Whether no unfinished hypothesis of a sentence, `most` their greatest total, is needed. */
static int is_done(const Search *q, int b, double most) {
    if (q->ends[b] < q->n_best) return 0;
    if (q->ends[b] >= q->enough) return 1;
    return q->best_ends[(b + 1) * q->n_best - 1] >= ratio(most, q->penalties[q->bounds[2 * b + 1]]);
}

/* Finish and extend the hypotheses of a sentence; those that go on begin at row `next`. How many
 * these are, or -1 where nothing was allowed. */
static int grow(Search *q, int b, int next) {
    int count = 2 * q->beam, first = q->firsts[b], found = 0, last = q->first_row + q->rows;
    const double *best = q->chosen + (size_t)b * COLUMNS * count;
    double most = -INFINITY;
    for (int rank = 0; rank < count && best[TOTAL * count + rank] > -INFINITY; rank++) {
        int row = first + (int)best[ROW * count + rank], token = (int)best[TOKEN * count + rank];
        double log_probability = best[LOG * count + rank];
        double total = q->totals[row] + log_probability;
        if (token != END) {
            int at = next + found++;
            q->places[at] = row, q->owners[at] = b, q->tokens[at] = token;
            q->new_totals[at] = total;
            q->parents[last + at] = q->first_row + row, q->pieces[last + at] = token;
            q->logs[last + at] = (float)log_probability;
            most = total > most ? total : most;
            if (found == q->beam && rank >= q->beam - 1) break;
        } else if (rank < q->beam) {
            finish_output(q, b, row, total);
        }
    }
    if (!found && !q->ends[b]) return -1;
    return found && q->ends[b] && is_done(q, b, most) ? 0 : found;
}

/* Keep the attention of the rows at hand. */
static void keep_attention(const Search *q) {
    int heads = q->decoder->heads, size = q->positions;
    for (int row = 0; row < q->rows; row++) {
        const float *weights = q->weights + (size_t)row * heads * size;
        float *kept = q->attention + ((size_t)q->first_row + row) * size;
        if (q->head >= 0) {
            memcpy(kept, weights + (size_t)q->head * size, size * sizeof(float));
            continue;
        }
        for (int i = 0; i < size; i++) {
            float sum = 0;
            for (int head = 0; head < heads; head++) sum += weights[head * size + i];
            kept[i] = sum / (float)heads;
        }
    }
}

/* Let every sentence grow by a piece; at first each has one row, which is to read the start. */
static int search_step(Search *q) {
    Step s = {.d = q->decoder, .rows = q->rows, .sentences = q->sentences,
              .positions = q->positions, .helpers = q->helpers, .tokens = q->tokens,
              .owners = q->owners, .parents = q->places, .state = q->states, .keys = q->keys,
              .values = q->values, .mask = q->mask, .after = q->others, .weights = q->weights,
              .scores = q->scores};
    take_step(&s, q->room);
    keep_attention(q);
    for (int row = 0; row < q->rows; row++) q->ranked[row] = (float)q->totals[row];
    share(look_on, q, q->sentences, q->rows > ROWS ? q->helpers : 0);
    int next = 0;
    for (int b = 0; b < q->sentences; b++) {
        if (!q->counts[b]) continue;
        if (q->bad[b]) return NOT_NUMBERS;
        int found = grow(q, b, next);
        if (found < 0) return NOTHING_ALLOWED;
        q->firsts[b] = next, q->counts[b] = found;
        next += found;
    }
    float *states = q->states;
    double *totals = q->totals;
    q->states = q->others, q->others = states;
    q->totals = q->new_totals, q->new_totals = totals;
    q->first_row += q->rows;
    q->rows = next;
    q->step++;
    return next ? GOES_ON : DONE;
}
