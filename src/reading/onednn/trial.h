// What this processor can do, as far as it concerns the choice of how networks compute.
#pragma once

namespace regmark::reading::onednn {

// Makes the library run on the calling thread alone. It must stand before whatever makes or runs a
// primitive: the library asks for the setting when it makes one, and OpenMP keeps it by thread.
void use_one_thread();

// Whether the processor, as the library may use it, multiplies and adds eight-bit numbers in one
// instruction. Without that int8 is hardly faster, and sums of two products overflow.
bool has_eight_bit_sums();

// Whether a convolution of the greatest numbers that there are comes out exact. It does not where
// sums of two products are kept in 16 bits. Tried once.
bool eight_bit_sums_are_exact();

}  // namespace regmark::reading::onednn
