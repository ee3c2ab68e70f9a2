// The route table, one part for each subject.
#pragma once

#include <vector>

#include "api/internal/endpoint.h"

namespace regmark::api {

using Table = std::vector<Endpoint>;

Table session_table();
Table security_keys_table();
Table own_account_table();
Table sign_in_ways_table();
Table reads_table();
Table alerts_table();
Table search_table();
Table convoys_table();
Table tracks_table();
Table authorities_table();
Table holds_table();
Table follow_ups_table();
Table reviews_table();
Table cases_table();
Table standards_table();
Table subjects_table();
Table keeping_table();
Table estate_table();
Table site_files_table();
Table deployments_table();
Table camera_book_table();
Table covert_table();
Table printed_table();
Table public_impact_table();
Table self_assessments_table();
Table effectiveness_table();
Table surroundings_table();
Table register_table();
Table drift_table();
Table samples_table();
Table plans_table();
Table lists_table();
Table people_table();
Table organisations_table();
Table audit_table();

// All of them, in the order of the document.
Table whole_table();

}  // namespace regmark::api
