// The words for what a read says of itself.
#pragma once

#include "base/word_table.h"
#include "plate/read.h"

namespace regmark::plate {

inline constexpr base::Words<Direction, 3> direction_words{{
    {Direction::unknown, "unknown"},
    {Direction::approaching, "approaching"},
    {Direction::receding, "receding"},
}};
inline constexpr base::Words<TimeSource, 3> time_source_words{{
    {TimeSource::explicit_offset, "explicit_offset"},
    {TimeSource::camera_setting, "camera_setting"},
    {TimeSource::assumed, "assumed"},
}};
inline constexpr base::Words<Phase, 2> phase_words{{
    {Phase::provisional, "provisional"},
    {Phase::final, "final"},
}};
inline constexpr base::Words<PictureKind, 2> picture_kind_words{{
    {PictureKind::plate, "plate"},
    {PictureKind::overview, "overview"},
}};

}  // namespace regmark::plate
