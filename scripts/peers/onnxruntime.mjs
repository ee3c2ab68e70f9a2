// The time of both networks on ONNX Runtime in floats, beside our engines, in one run. One thread,
// processor time, the two taking turns so that a busy machine is busy for both.
//
//   scripts/bench_peers.sh                 installs ONNX Runtime from npm and runs this
//   node onnxruntime.mjs BUILD MODELS      BUILD has src/reading/reading_bench
//
// Budget: at most 0.5 of ONNX Runtime's time; in floats, which any processor can do, at most 1.5.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import ort from "onnxruntime-node";

const [build, models] = process.argv.slice(2);
if (!models) {
  console.error("usage: onnxruntime.mjs BUILD MODELS");
  process.exit(2);
}
const rounds = 5;
const runs = 40;
// The same inputs as reading_bench's run_detector and run_reader.
const networks = [
  { name: "detector", input: "image", shape: [1, 3, 384, 640] },
  { name: "reader", input: "plate", shape: [1, 1, 32, 160] },
];
const engines = ["int8", "fp32", "OpenCV"];

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function load({ name }) {
  return ort.InferenceSession.create(join(models, `${name}.onnx`), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
}

async function milliseconds(session, { input, shape }) {
  const values = new Float32Array(shape.reduce((a, b) => a * b)).map((_, at) => (at % 256) / 255);
  const feeds = { [input]: new ort.Tensor("float32", values, shape) };
  for (let run = 0; run < 5; run += 1) await session.run(feeds);
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run += 1) await session.run(feeds);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / runs;
}

// { "detector/int8": milliseconds, … }
function ours() {
  const json = execFileSync(join(build, "src/reading/reading_bench"), [
    "--benchmark_filter=run_(detector|reader)", "--benchmark_min_time=0.3", "--benchmark_format=json",
  ], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return Object.fromEntries(JSON.parse(json).benchmarks.map((one) => {
    const [, network, engine] = /^run_(\w+)\/engine:(\d)$/.exec(one.name);
    return [`${network}/${engines[engine]}`, one.cpu_time];
  }));
}

const sessions = await Promise.all(networks.map(load));
const taken = { theirs: networks.map(() => []), ours: [] };
for (let round = 0; round < rounds; round += 1) {
  for (const [at, network] of networks.entries()) {
    taken.theirs[at].push(await milliseconds(sessions[at], network));
  }
  taken.ours.push(ours());
  console.error(`round ${round + 1} of ${rounds}`);
}
console.log(`${runs * rounds} runs each, medians of ${rounds} rounds, milliseconds of one core`);
console.log("network   engine         ms   of ONNX Runtime's, fp32");
const row = (network, engine, time, of) =>
  console.log(`${network.padEnd(9)} ${engine.padEnd(12)} ${time.toFixed(2).padStart(5)}   ${of.toFixed(2)}`);
for (const [at, { name }] of networks.entries()) {
  const theirs = median(taken.theirs[at]);
  row(name, "ONNX Runtime", theirs, 1);
  for (const engine of engines) {
    const key = `${name}/${engine}`;
    row(name, engine, median(taken.ours.map((one) => one[key])),
      median(taken.ours.map((one, round) => one[key] / taken.theirs[at][round])));
  }
}
