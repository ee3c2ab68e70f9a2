#include "api/internal/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

namespace regmark::api {
namespace {

using ::prometheus::MetricFamily;
using ::prometheus::MetricType;

// From a tenth of a millisecond to ten seconds: a screen should wait less than the one, an import
// may take the other.
const std::vector<double> seconds_bounds{0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03,
                                         0.1,    0.3,    1,     3,     10};

MetricFamily one(std::string name, std::string help, MetricType type, double value) {
  ::prometheus::ClientMetric metric;
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return {std::move(name), std::move(help), type, {metric}};
}

MetricFamily counter(std::string name, std::string help, std::uint64_t value) {
  return one(std::move(name), std::move(help), MetricType::Counter, static_cast<double>(value));
}

MetricFamily gauge(std::string name, std::string help, std::uint64_t value) {
  return one(std::move(name), std::move(help), MetricType::Gauge, static_cast<double>(value));
}

class PrometheusMetrics final : public Metrics {
 public:
  explicit PrometheusMetrics(const Rooms& rooms)
      : rooms_(rooms),
        requests_(::prometheus::BuildCounter()
                      .Name("regmark_http_requests_total")
                      .Help("Requests answered, by operation and status.")
                      .Register(registry_)),
        seconds_(::prometheus::BuildHistogram()
                     .Name("regmark_http_request_seconds")
                     .Help("How long a request took, without its transfer.")
                     .Register(registry_)) {}

  void answered(const std::string& operation, int status, std::chrono::nanoseconds took) override {
    requests_.Add({{"operation", operation}, {"status", std::to_string(status)}}).Increment();
    seconds_.Add({{"operation", operation}}, seconds_bounds)
        .Observe(std::chrono::duration<double>(took).count());
  }

  void count(const http::Server* server) override {
    const std::lock_guard lock(mutex_);
    server_ = server;
  }

  std::string text() const override {
    auto families = registry_.Collect();
    add_intake(families);
    add_rooms(families);
    add_witnesses(families);
    add_server(families);
    return ::prometheus::TextSerializer().Serialize(families);
  }

 private:
  void add_intake(std::vector<MetricFamily>& families) const {
    const auto now = rooms_.intake.counters();
    families.push_back(counter("regmark_batches_total", "Batches of reads.", now.batches));
    families.push_back(counter("regmark_batches_refused_total",
                               "Batches of which nothing was taken.", now.batches_refused));
    families.push_back(counter("regmark_reads_received_total", "Reads sent.", now.received));
    families.push_back(counter("regmark_reads_accepted_total", "Reads taken.", now.accepted));
    families.push_back(counter("regmark_reads_not_kept_total",
                               "Of those, matched only: the policy keeps no non-hits.",
                               now.not_kept));
    families.push_back(
        counter("regmark_reads_duplicate_total", "Reads sent again.", now.duplicates));
    families.push_back(counter("regmark_reads_refused_total", "Reads not kept.", now.refused));
    families.push_back(counter("regmark_hits_total", "Reads that a list answered.", now.hits));
    families.push_back(counter("regmark_pictures_total", "Pictures kept.", now.pictures));
  }

  void add_rooms(std::vector<MetricFamily>& families) const {
    const auto slices = rooms_.desk.store.slices();
    std::uint64_t reads = 0;
    std::uint64_t bytes = 0;
    for (const auto& slice : slices) {
      reads += slice.reads;
      bytes += slice.bytes;
    }
    families.push_back(gauge("regmark_store_slices", "Days that are kept.", slices.size()));
    families.push_back(gauge("regmark_store_reads", "Reads that are kept.", reads));
    families.push_back(gauge("regmark_store_bytes", "Bytes that they take.", bytes));
    families.push_back(gauge("regmark_list_entries_active", "Entries that may fire.",
                             rooms_.desk.lists.active_entries()));
    families.push_back(
        gauge("regmark_audit_records", "Records in the audit log.", rooms_.desk.log.size()));
    // A figure that cannot be had is left out: a nought would say that all is well.
    if (const auto overdue = rooms_.desk.holds.overdue()) {
      families.push_back(
          gauge("regmark_holds_overdue", "Holds that nobody reviewed in time.", *overdue));
    }
    if (const auto overdue = rooms_.desk.authorities.overdue()) {
      families.push_back(gauge("regmark_authorities_overdue",
                               "Authorities by word of mouth, not confirmed in time.", *overdue));
    }
    if (const auto alarmed = rooms_.desk.drift.cameras_alarmed()) {
      families.push_back(gauge("regmark_cameras_drifting",
                               "Cameras that read otherwise than usual within a day.", *alarmed));
    }
    add_oversight(families);
    add_estate(families);
    families.push_back(gauge("regmark_screens", "Screens that are connected, whatever they show.",
                             rooms_.screens.count()));
  }

  void add_oversight(std::vector<MetricFamily>& families) const {
    const auto& oversight = rooms_.desk.oversight;
    if (const auto open = oversight.reviews.open()) {
      families.push_back(gauge("regmark_reviews_open", "Searches that wait for review.", *open));
    }
    if (const auto overdue = oversight.reviews.overdue()) {
      families.push_back(
          gauge("regmark_reviews_overdue", "Searches not reviewed in time.", *overdue));
    }
    if (const auto overdue = oversight.follow_ups.overdue()) {
      families.push_back(gauge("regmark_follow_ups_overdue",
                               "Missed by somebody, and seen to by nobody in time.", *overdue));
    }
    if (const auto overdue = oversight.subjects.overdue()) {
      families.push_back(gauge("regmark_subject_requests_overdue",
                               "Keepers' requests not answered in time.", *overdue));
    }
  }

  // Reviews and impact assessments of the estate, by how urgent they are.
  void add_estate(std::vector<MetricFamily>& families) const {
    MetricFamily family{"regmark_estate_due",
                        "Reviews and impact assessments of sites and deployments that are due.",
                        MetricType::Gauge,
                        {}};
    const auto due = rooms_.desk.estate.due_counts();
    for (const auto& [urgency, number] :
         {std::pair("soon", due.soon), std::pair("overdue", due.overdue),
          std::pair("escalated", due.escalated), std::pair("lapsed", due.lapsed)}) {
      ::prometheus::ClientMetric metric;
      metric.label = {{"urgency", urgency}};
      metric.gauge.value = static_cast<double>(number);
      family.metric.push_back(std::move(metric));
    }
    families.push_back(std::move(family));
  }

  // How long ago each witness last signed the log; infinite when it never did.
  void add_witnesses(std::vector<MetricFamily>& families) const {
    MetricFamily family{"regmark_audit_witness_signed_seconds_ago",
                        "Since the witness last signed the audit log.",
                        MetricType::Gauge,
                        {}};
    if (rooms_.witnesses == nullptr) return;
    const auto now = rooms_.desk.clock.now();
    for (const auto& witness : rooms_.witnesses->all()) {
      ::prometheus::ClientMetric metric;
      metric.label = {{"witness", witness.name}};
      metric.gauge.value = witness.signed_at
                               ? std::chrono::duration<double>(now - *witness.signed_at).count()
                               : std::numeric_limits<double>::infinity();
      family.metric.push_back(std::move(metric));
    }
    families.push_back(std::move(family));
  }

  void add_server(std::vector<MetricFamily>& families) const {
    const std::lock_guard lock(mutex_);
    if (server_ == nullptr) return;
    const auto now = server_->counters();
    families.push_back(gauge("regmark_http_connections", "Connections open.", now.connections));
    families.push_back(gauge("regmark_http_streams", "Event streams open.", now.streams));
    families.push_back(counter("regmark_http_accepted_total", "Connections ever.", now.accepted));
    families.push_back(
        counter("regmark_http_turned_away_total", "Connections above the limit.", now.turned_away));
    families.push_back(counter("regmark_http_handshakes_failed_total",
                               "TLS connections that came to nothing.", now.handshakes_failed));
    families.push_back(counter("regmark_http_malformed_total",
                               "Requests answered before any handler.", now.malformed));
    families.push_back(
        counter("regmark_http_timed_out_total", "Clients that were too slow.", now.timed_out));
    families.push_back(counter("regmark_http_too_often_total",
                               "Requests of a source that asks too much.", now.too_often));
    families.push_back(
        counter("regmark_http_busy_total", "Requests there was no room for.", now.busy));
    families.push_back(counter("regmark_http_streams_cut_off_total",
                               "Event streams too far behind.", now.streams_cut_off));
  }

  const Rooms rooms_;
  ::prometheus::Registry registry_;
  ::prometheus::Family<::prometheus::Counter>& requests_;
  ::prometheus::Family<::prometheus::Histogram>& seconds_;
  mutable std::mutex mutex_;
  const http::Server* server_ = nullptr;  // under mutex_
};

}  // namespace

std::unique_ptr<Metrics> Metrics::create(const Rooms& rooms) {
  return std::make_unique<PrometheusMetrics>(rooms);
}

}  // namespace regmark::api
