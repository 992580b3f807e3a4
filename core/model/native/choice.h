/* Which continuations of hypotheses are best. Included by step.c. */

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

/* The best `count` continuations of a sentence, the first of equal ones first: `logs` [rows,
 * vocabulary] on top of `totals` [rows], to `best` [COLUMNS, count]. Those of minus infinity are
 * none; a place that nothing takes has that total. Returns 1 where a number is none. */
static int choose(int rows, int vocabulary, int count, const float *logs, const float *totals,
                  double *best) {
    int bad = 0, full = 0;
    for (int i = 0; i < COLUMNS * count; i++) best[i] = i < count ? -INFINITY : 0;
    for (int row = 0; row < rows; row++, logs += vocabulary) {
        float total = totals[row];
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
    return bad;
}
