/* Other threads that take a share of the work.
 *
 * What there is to do is cut into pieces. All threads take one after the other, so that a helper
 * that the system does not let run takes none. Only for one that it stops amid a piece must the
 * caller wait; where that takes long, other programs want the processors, and the next jobs are
 * done alone. Between jobs a helper looks for work without sleeping for a while, as waking takes
 * longer than most jobs.
 */

typedef void (*Work)(const void *job, int piece);

static void work_alone(Work work, const void *job, int pieces) {
    for (int piece = 0; piece < pieces; piece++) work(job, piece);
}

#ifdef _WIN32
static void share(Work work, const void *job, int pieces, int helpers) {
    (void)helpers;
    work_alone(work, job, pieces);
}
#else
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define MOST_HELPERS 63
#define PATIENCE 20000 /* looks, of some 50 ns each, before a helper sleeps */
#define LONG 250000    /* ticks, some 100 us, that a piece may take longer than the caller's own */
#define ALONE 15000000 /* ticks, some 6 ms, that jobs are then done alone */

/* The number of a job, of its pieces, and of those taken, in one: a piece is taken of the very job
 * that was looked at, or of none. */
static _Atomic uint64_t ticket;
static _Atomic int done, asleep, wanted;
static _Atomic(Work) current_work;
static const void *_Atomic current_job;
static pthread_mutex_t one_caller = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sleep_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t awake = PTHREAD_COND_INITIALIZER;
static int started;
static uint64_t alone; /* until when */

#define JOB(t) ((uint32_t)((t) >> 32))
#define PIECES(t) ((int)((t) >> 16 & 0xffff))
#define TAKEN(t) ((int)((t) & 0xffff))

/* Take pieces until none is left. A job's fields change only when all of its pieces are done. */
static void take_pieces(void) {
    uint64_t seen = atomic_load(&ticket);
    while (TAKEN(seen) < PIECES(seen)) {
        Work work = current_work;
        const void *job = current_job;
        if (!atomic_compare_exchange_weak(&ticket, &seen, seen + 1)) continue;
        work(job, TAKEN(seen));
        atomic_fetch_add(&done, 1);
        seen = atomic_load(&ticket);
    }
}

static void *help(void *number) {
    uint32_t last = 0;
    for (int looks = 0;; looks++) {
        uint64_t seen = atomic_load(&ticket);
        if (JOB(seen) != last && (intptr_t)number < atomic_load(&wanted)) {
            last = JOB(seen);
            take_pieces();
            looks = 0;
        } else if (looks < PATIENCE) {
            _mm_pause();
        } else {
            last = JOB(seen);
            pthread_mutex_lock(&sleep_mutex);
            atomic_fetch_add(&asleep, 1);
            while (JOB(atomic_load(&ticket)) == last || (intptr_t)number >= atomic_load(&wanted))
                pthread_cond_wait(&awake, &sleep_mutex);
            atomic_fetch_sub(&asleep, 1);
            pthread_mutex_unlock(&sleep_mutex);
            looks = 0;
        }
    }
    return NULL;
}

/* A child process has no helpers, whatever they were doing; it may begin its own. */
static void forget_helpers(void) {
    pthread_mutex_init(&one_caller, NULL);
    pthread_mutex_init(&sleep_mutex, NULL);
    pthread_cond_init(&awake, NULL);
    asleep = started = 0;
    /* What was left of a job is none of the child's. */
    atomic_store(&ticket, atomic_load(&ticket) & ~(uint64_t)0xffffffff);
}

static void begin_helpers(int helpers) {
    static int told;
    pthread_attr_t attributes;
    if (!told) told = !pthread_atfork(NULL, NULL, forget_helpers);
    if (started >= helpers || pthread_attr_init(&attributes)) return;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    for (pthread_t thread; started < helpers; started++)
        if (pthread_create(&thread, &attributes, help, (void *)(intptr_t)started)) break;
    pthread_attr_destroy(&attributes);
}

/* Wait for the pieces that helpers have taken, after so many ticks of own work. */
static void wait_for(int pieces, uint64_t worked) {
    uint64_t begun = __rdtsc(), waited = 0;
    while (atomic_load(&done) < pieces) {
        waited = __rdtsc() - begun;
        if (waited < worked + LONG)
            _mm_pause();
        else
            sched_yield();
    }
    if (waited >= worked + LONG) alone = __rdtsc() + ALONE;
}

/* Do all pieces of a job with so many helpers; alone while they help another caller. */
static void share(Work work, const void *job, int pieces, int helpers) {
    if (helpers < 1 || pieces < 2 || pieces > 0xffff || pthread_mutex_trylock(&one_caller)) {
        work_alone(work, job, pieces);
        return;
    }
    if (alone - __rdtsc() < ALONE) { /* also where the ticks began anew since */
        pthread_mutex_unlock(&one_caller);
        work_alone(work, job, pieces);
        return;
    }
    helpers = helpers < MOST_HELPERS ? helpers : MOST_HELPERS;
    begin_helpers(helpers);
    current_work = work;
    current_job = job;
    atomic_store(&done, 0);
    atomic_store(&wanted, helpers);
    uint64_t next = (uint64_t)(JOB(atomic_load(&ticket)) + 1) << 32 | (uint64_t)pieces << 16;
    atomic_store(&ticket, next);
    if (atomic_load(&asleep) > started - helpers) { /* those that are not wanted sleep on */
        pthread_mutex_lock(&sleep_mutex);
        pthread_cond_broadcast(&awake);
        pthread_mutex_unlock(&sleep_mutex);
    }
    uint64_t begun = __rdtsc();
    take_pieces();
    wait_for(pieces, __rdtsc() - begun);
    pthread_mutex_unlock(&one_caller);
}
#endif
