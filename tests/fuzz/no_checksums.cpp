// Takes the place of libhdf5's checksums, in what is written and in what is read: every damage gets past them.

#include <cstddef>
#include <cstdint>

extern "C" {
uint32_t H5_checksum_metadata(const void*, size_t, uint32_t) { return 0; }
uint32_t H5_checksum_fletcher32(const void*, size_t) { return 0; }
}
