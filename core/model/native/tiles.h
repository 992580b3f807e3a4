/* Products of many rows by tiles of 16 by 64 bytes (AMX), which multiply eight times as many bytes
 * a cycle. Included by products.h. */

#include <sys/syscall.h>
#include <unistd.h>

#define ASK_FOR_TILES 0x1023 /* ARCH_REQ_XCOMP_PERM */
#define TILE_DATA 18

static int may_use_tiles(void) { return !syscall(SYS_arch_prctl, ASK_FOR_TILES, TILE_DATA); }

typedef struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} Tiles;

/* Others in this thread (oneDNN) may count on the tiles as they set them up. */
static void set_up_tiles(Tiles *before) {
    Tiles mine = {.palette = 1};
    for (int tile = 0; tile < 8; tile++) mine.row_bytes[tile] = 64, mine.rows[tile] = 16;
    _tile_storeconfig(before);
    _tile_loadconfig(&mine);
}

static void put_tiles_back(const Tiles *before) {
    if (before->palette)
        _tile_loadconfig(before);
    else
        _tile_release();
}

/* Sums of products of up to 32 rows of x with a block of 32 outputs, `found` [32][32]. */
static void tiles_block(const uint8_t *w, const int8_t *x, int stride, int both, int32_t *found) {
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (int k = 0; k < stride; k += 64, w += 64 * BLOCK) {
        _tile_loadd(6, w, 4 * BLOCK);
        _tile_loadd(7, w + 64, 4 * BLOCK);
        _tile_loadd(4, x + k, stride);
        _tile_dpbsud(0, 4, 6);
        _tile_dpbsud(1, 4, 7);
        if (both) {
            _tile_loadd(5, x + k + 16 * stride, stride);
            _tile_dpbsud(2, 5, 6);
            _tile_dpbsud(3, 5, 7);
        }
    }
    _tile_stored(0, found, 4 * BLOCK);
    _tile_stored(1, found + 16, 4 * BLOCK);
    if (both) {
        _tile_stored(2, found + 16 * BLOCK, 4 * BLOCK);
        _tile_stored(3, found + 16 * BLOCK + 16, 4 * BLOCK);
    }
}
