// One table of what the benchmarks measured, each row with its budget.
//
//   node scripts/bench_table.mjs FOLDER     a folder of files that --benchmark_out wrote
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
const measured = new Map();
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  for (const one of JSON.parse(readFileSync(join(folder, file), 'utf8')).benchmarks) {
    measured.set(one.name.replace(/\/(real_time|manual_time|iterations:\d+|threads:1$)/g, ''), one);
  }
}
const figure = (name, field) => measured.get(name)?.[field];
const ratio = (a, b) => (a === undefined || b === undefined ? undefined : a / b);
const rate = (name) => figure(name, 'items_per_second');

const at_most = (value) => ({ text: `≤ ${value}`, met: (figure) => figure <= value });
const at_least = (value) => ({ text: `≥ ${value.toLocaleString('en-GB')}`, met: (figure) => figure >= value });
const none = { text: '', met: undefined };

// What, the figure, its unit, its budget. The arithmetic behind a budget stands in its benchmark.
const rows = [
  ['Reading (one thread)'],
  ['a photograph of 480 x 360, from its file', figure('read_one_photograph', 'cpu_time'), 'ms', at_most(6)],
  ['a frame of 1920 x 1080, decoded', figure('read_one_frame', 'cpu_time'), 'ms', at_most(10)],
  ['a plate whose place is known', figure('read_one_plate', 'cpu_time'), 'ms', at_most(0.2)],
  ...['detector', 'reader'].flatMap((network) => [
    [`the ${network}'s network, int8`, figure(`run_${network}/engine:0`, 'cpu_time'), 'ms', none],
    ['   against OpenCV', ratio(figure(`run_${network}/engine:0`, 'cpu_time'), figure(`run_${network}/engine:2`, 'cpu_time')), 'of its time', at_most(0.17)],
    ['   in floats against OpenCV', ratio(figure(`run_${network}/engine:1`, 'cpu_time'), figure(`run_${network}/engine:2`, 'cpu_time')), 'of its time', at_most(0.5)],
  ]),
  ['Matching (one thread)'],
  ...[[10_000, '10 k'], [1_000_000, '1 M'], [10_000_000, '10 M']].flatMap(([size, name]) => [
    [`exact, ${name} entries`, figure(`match_exactly/${size}`, 'p50_us'), 'µs p50', at_most(1)],
    [`near, ${name} entries`, figure(`match_nearly/${size}`, 'p50_us'), 'µs p50', at_most(5)],
    [`near, ${name} entries`, figure(`match_nearly/${size}`, 'p99_us'), 'µs p99', at_most(50)],
  ]),
  ['an entry in memory', figure('match_nearly/10000000', 'bytes_an_entry'), 'bytes', at_most(32)],
  ['Keeping'],
  ['append, 1,000 a batch, durable', rate('append_durable/everything:0'), 'reads/s', at_least(100_000)],
  ['the same into raw RocksDB', rate('append_to_raw_rocksdb'), 'reads/s', none],
  ['the store against raw RocksDB', ratio(rate('append_durable/everything:0'), rate('append_to_raw_rocksdb')), 'of its rate', none],
  ['append singly, durable', figure('append_singly', 'p50_us'), 'µs p50', none],
  ['on the disk, a read', figure('load_rate', 'bytes_a_read'), 'bytes', at_most(80)],
  ['reads searched below', figure('load_rate', 'reads'), 'reads', none],
  ['a plate in 30 days', figure('find_plate_in_30_days', 'p50_us'), 'µs p50', none],
  ['a plate in 30 days', figure('find_plate_in_30_days', 'p99_us'), 'µs p99', at_most(5_000)],
  ...['AB12*', '??12?BC', '*12*', '*7CD', 'A*', 'ZZ9*9'].map((pattern, at) => [
    `first page of ${pattern}`, figure(`find_pattern/${at}`, 'p50_us'), 'µs p50', at_most(50_000)]),
  ['all pages of ??12?BC', figure('find_all_of_a_pattern', 'p50_us'), 'µs p50', none],
  ['a camera and an hour', figure('find_camera_and_hour', 'p50_us'), 'µs p50', none],
  ['The office, over HTTP (client beside it)'],
  ['NDJSON, 500 a batch, 100 k entries', figure('take_ndjson', 'reads_s'), 'reads/s', at_least(50_000)],
  ['   the office\'s own work', figure('take_ndjson', 'office_us_a_read'), 'µs CPU/read', at_most(40)],
  ['   the client\'s', figure('take_ndjson', 'client_cores'), 'cores', none],
  ['singly, 50 cameras', figure('take_singly', 'reads_s'), 'reads/s', none],
  ['with two pictures each', figure('take_with_two_pictures', 'reads_s'), 'reads/s', at_least(300)],
  ['camera to screen at 1,000 reads/s', figure('camera_to_screen', 'p50_ms'), 'ms p50', none],
  ['camera to screen at 1,000 reads/s', figure('camera_to_screen', 'p99_ms'), 'ms p99', at_most(100)],
  ['The estate: 600 cameras, ten years, over HTTP'],
  ...[
    ['standing', 'how many stood'], ['installed', 'installed between'], ['removed', 'removed between'], ['costs', 'costs by year and kind'],
    ['grounds', 'grounds by category'], ['reviews', 'reviews done, overdue'], ['impact_published', 'impact assessments published'],
    ['standing_years_ago', 'how many stood six years ago'], ['as_it_was_known', 'how many stood, as it was known'],
    ['estate_page', 'the page of all sites'], ['would_stop', 'which cameras would stop'], ['tests_overdue', 'tests overdue'],
    ['site_figures', 'figures of a site'], ['site_page', 'the page of a site'], ['site_as_it_stood', 'a site as it stood'],
    ['review_page', 'the page of a review'], ['map', 'a plan on its map'],
  ].flatMap(([name, what]) => [
    [what, figure(`estate/${name}`, 'p50_ms'), 'ms p50', none],
    ['', figure(`estate/${name}`, 'p99_ms'), 'ms p99', at_most(100)],
  ]),
  ['Planning (one thread, wall clock)'],
  ...[['17/50/1', '500 sites, 50 corridors'], ['17/50/2', '   with backup cover'], ['17/200/1', '500 sites, 200 corridors'], ['32/100/1', '1,800 sites, 100 corridors']].flatMap(([size, name]) => [
    [name, figure(`plan_recommended/${size}`, 'seconds'), 's', at_most(60)],
    ['   proved to be the best', figure(`plan_recommended/${size}`, 'proved'), '1 is yes', at_least(1)],
  ]),
  ['500 sites with trade-off and 20 draws', figure('plan_whole/17/50', 'seconds'), 's', at_most(60)],
  ['   draws made', figure('plan_whole/17/50', 'draws'), 'draws', at_least(20)],
  ['The audit log'],
  ['records of 64 at once, durable', rate('record_durably/threads:64'), 'records/s', at_least(20_000)],
  ['verified, with their details', rate('verify_records'), 'records/s', at_least(167_000)],
  ['Signs of misuse, in made-up years'],
  ['a year of 80 people weighed', figure('weigh_a_year', 'real_time'), 'ms', at_most(300)],
  ...[[0, 'duty times not known'], [1, 'duty times known']].flatMap(([known, when]) => [
    [`right, of all signals (${when})`, figure(`find_misuse/duty_known:${known}`, 'precision'), 'of them', at_least(0.75)],
    [`found, of what was planted`, figure(`find_misuse/duty_known:${known}`, 'recall'), 'of it', none]]),
];

const show = (value) => value === undefined ? 'not measured'
  : value.toLocaleString('en-GB', { maximumSignificantDigits: 3 });
for (const [what, value, unit, budget] of rows) {
  if (unit === undefined) {
    console.log(`\n${what}`);
    continue;
  }
  const met = budget.met === undefined || value === undefined ? ' ' : budget.met(value) ? '✓' : '✗';
  console.log(`  ${what.padEnd(42)}${show(value).padStart(13)} ${unit.padEnd(13)}${budget.text.padStart(11)} ${met}`);
}
