// What goes out as evidence: one file that a court can read, and anybody can check without the
// office. Its parts are in docs/formats/evidence.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/decide.h"
#include "audit/cosigned.h"
#include "audit/opening.h"
#include "audit/verifier_key.h"
#include "authority/authorities.h"
#include "base/result.h"
#include "estate/camera_book.h"
#include "estate/estate.h"
#include "evidence/zip.h"
#include "plate/read.h"

namespace regmark::evidence {

inline constexpr std::size_t reads_max = 1'000;
inline constexpr std::size_t statement_size_max = 4'000;

struct Picture {
  plate::ReadId read;
  plate::PictureKind kind;
  base::Bytes jpeg;
};

// Why a camera stood there, as it was written down when it read.
struct Camera {
  estate::CameraRecord about;
  std::vector<estate::Stand> stands;  // of its place, from its first of these reads to its last
  // That stand in its book, the oldest first.
  std::vector<estate::BookRecord> clock_tests{};
};

struct Contents {
  const audit::Receipt& receipt;
  std::vector<plate::Read> reads;  // in the order observed
  std::vector<Picture> pictures;   // of those reads; those past their retention are missing
  std::vector<Camera> cameras;     // of those reads
  std::string statement;           // of whoever exports, in their own words; may be empty
  // What people call those whose ids stand in it. Whoever is missing is told by the id alone.
  std::map<base::PersonId, std::string> names{};
  std::optional<authority::Record> authority{};  // that the permit stands on
  // Of the log up to the permit's record; none: there is nobody to ask.
  std::vector<audit::Witnesses::Answer> witnesses{};
};

// Everything that the manifest covers, and behind it the manifest: name, size and SHA-256 of each.
// Fails with
//   limit_exceeded   past reads_max
Result<std::vector<File>> files_of(const Contents& contents);

// The public half of the log's account of it: the permit's record and that of the sealing, which
// names the manifest's SHA-256.
struct Proofs {
  audit::Shown permit;
  audit::Shown sealing;
  audit::VerifierKey key;
};

// One file of all. Fails as write_zip does.
Result<std::string> seal(std::vector<File> files, const Proofs& proofs);

}  // namespace regmark::evidence
