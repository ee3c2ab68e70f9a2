// Draws activations and sums into the layer before them.
#pragma once

#include "reading/onednn/layers.h"

namespace regmark::reading::onednn {

void fuse(Layers& layers);

}  // namespace regmark::reading::onednn
