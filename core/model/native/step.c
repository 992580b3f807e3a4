/* What Python calls: a step of the decoder, the choice among continuations, a whole search, and a
 * product. Of torch, a step is some 170 small operations, whose calls take longer than the
 * arithmetic; here it is one.
 */

#include "step.h"

#include "choice.h"
#include "heads.h"

#include "encoder.h"
#include "loss.h"
#include "lstm.h"
#include "search.h"

#define VERSION 11 /* one more whenever what Python knows of this changes */

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
    void *room = malloc(room_of(d, rows));
    if (!room) return 2;
    Step s = {.d = d, .rows = rows, .sentences = sentences, .positions = positions,
              .helpers = helpers, .tokens = tokens, .state = state, .keys = keys,
              .values = values, .mask = mask, .after = after, .weights = weights,
              .scores = scores};
    take_step(&s, room);
    free(room);
    return 0;
}

/* Tokens [B, S] of sentences of `lengths` [B], none of them empty, to `states` [B, S, width], of
 * which padding is left as it is. 1 where a token is none of the vocabulary, 2 where there is no
 * memory. */
EXPORT int attune_encode(const Encoder *e, int sentences, int positions, int helpers,
                         const int64_t *tokens, const int64_t *lengths, const float *cosines,
                         const float *sines, float *states) {
    if (e->width / e->heads > 2 * MOST_HALF) return 3;
    Reading r = {.e = e, .sentences = sentences, .positions = positions, .helpers = helpers,
                 .tokens = tokens, .cosines = cosines, .sines = sines, .states = states};
    for (int b = 0; b < sentences; b++) {
        const int64_t *words = tokens + (size_t)b * positions;
        for (int s = 0; s < lengths[b]; s++)
            if (words[s] < 0 || words[s] >= e->vocabulary) return 1;
        r.rows += (int)lengths[b];
    }
    char *room = malloc(set_out(&r, NULL));
    if (!room) return 2;
    set_out(&r, room);
    encode(&r, lengths);
    free(room);
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

/* The best continuations of each sentence: `logs` [sentences, rows, vocabulary] on top of `totals`
 * [sentences, rows], to `best` [sentences, COLUMNS, count]; see `choose`. */
EXPORT int attune_best(int sentences, int rows, int vocabulary, int count, const float *logs,
                       const float *totals, double *best) {
    int bad = 0;
    for (int b = 0; b < sentences; b++, best += COLUMNS * count, totals += rows)
        bad |= choose(rows, vocabulary, count, logs + (size_t)b * rows * vocabulary, totals, best);
    return bad;
}

/* Bytes of room that a search of so many rows needs. */
EXPORT size_t attune_room(const Decoder *d, int rows) { return room_of(d, rows); }

/* Let every sentence of a search grow by a piece; see `search_step`. */
EXPORT int attune_search(Search *search) { return search_step(search); }

/* Losses of rows, and what is to be learnt from them; see `Loss`. 1 where a target is none. */
EXPORT int attune_loss(const Loss *loss) {
    for (int row = 0; row < loss->rows; row++)
        if (loss->targets[row] < 0 || loss->targets[row] >= loss->vocabulary) return 1;
    share(lose_rows, loss, (loss->rows + LOSS_ROWS - 1) / LOSS_ROWS, loss->helpers);
    return 0;
}

/* An LSTM layer over all places, or its gradients; see `Lstm`. 1 where that is not known here. */
EXPORT int attune_lstm(Lstm *layer, int backward) {
#ifdef __AMX_BF16__
    (backward ? return_lstm : run_lstm)(layer);
    return 0;
#else
    (void)layer, (void)backward;
    return 1;
#endif
}

/* Heads of their own, or the way back; see `Heads`. 1 where they are too wide. */
EXPORT int attune_heads(const Heads *heads) {
    if (heads->half > MOST_HALF) return 1;
    share(part_sentence, heads, heads->sentences, heads->helpers);
    return 0;
}

/* What Python must know; 0 where the system does not let this code run. */
EXPORT int attune_describe(int32_t *facts, int count) {
    const int32_t all[] = {
        VERSION,         sizeof(Matrix), sizeof(Decoder), sizeof(Search),       sizeof(Loss),
        sizeof(Lstm),    sizeof(Heads),  sizeof(Encoder), sizeof(EncoderLayer), BLOCK, GROUP,
        OFFSET,          MOST_ROWS,      MOST_FLOAT_ROWS,
    };
    for (int i = 0; i < count; i++) facts[i] = i < (int)(sizeof all / sizeof *all) ? all[i] : 0;
    return may_use_tiles();
}
