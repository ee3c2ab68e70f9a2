// What the office says, as types, and how to ask it. Shapes: /openapi.json.
import type { KeyChallenge } from "./security_key";

export interface Person {
  id: string;
  display_name: string;
  organisation: string;
  roles: string[];
  rank: string;
}

export interface Session {
  person: Person;
  until: string;
  // Setting up a second factor is all that it is good for.
  lacks_second_factor: boolean;
}

export interface Purpose {
  category: string;
  reason: string;
  reference: string;
  for_whom: string;
}

export interface Read {
  id: string;
  camera: string;
  plate: string;
  raw: string;
  score: number;
  alternatives: { plate: string; score: number }[];
  character_scores: number[];
  country: string;
  observed: string;
  received: string;
  late: boolean;
  skewed: boolean;
  phase: "provisional" | "final";
  supersedes: string | null;
  direction: string;
  vehicle?: Record<string, { text: string; score: number }>;
  pictures: { kind: "plate" | "overview" }[];
}

export type AlertState =
  | "new" | "confirmed" | "rejected" | "retracted" | "assigned" | "acted" | "closed";

export interface Alert {
  id: string;
  state: AlertState;
  live: boolean;
  durable: boolean;
  has_picture: boolean;
  version: number;
  raised_at: string;
  read: Read;
  hit: {
    entry: string;
    list: string;
    list_name: string;
    grade: "exact" | "look_alike" | "near";
    probability: number;
    priority: "low" | "medium" | "high";
    conflicts: string[];
    listed_plate: string;
    reason: string;
    action: string;
    warning_markers: string;
    entry_confirmed_at: string;
  };
  assigned_to: string | null;
  confirmed_by: string | null;
  outcome: string;
  note: string;
  // The entry as it was read again when somebody acted: in that answer only.
  stand?: { entry_state: string; entry_age_seconds: number; source: string; list_version: number };
}

export interface Found {
  receipt: number;
  rows: number;
  sightings: Read[];
  next: string;
  valid_until: string;
}

export interface ConvoyCompanion {
  plate: string;
  cameras: number;
  count: number;
  meetings: { camera: string; given: string; observed: string; id: string }[];
}

// Vehicles that were seen with a given one.
export interface Convoy {
  receipt: number;
  passings: number;
  companions: ConvoyCompanion[];
  left_out: number;
  valid_until: string;
}

export type OrganisationKind = "partner" | "force" | "region" | "national";

export interface Organisation {
  id: string;
  kind: OrganisationKind;
  name: string;
  parent: string | null;
  taken_over: boolean;
  since: string;
  until: string | null;
  people: number;
}

export interface PersonRecord {
  id: string;
  sign_in_name: string;
  display_name: string;
  organisation: string;
  roles: string[];
  active: boolean;
}

export type AuthorityState = "asked" | "granted" | "refused" | "withdrawn" | "used_up" | "run_out";

export interface AuthorityScope {
  plate: string;
  cameras: string[];
  area: { latitude: number; longitude: number; radius_m: number } | null;
  from: string;
  until: string;
  rows: number;
}

// Leave that one person asks for and another gives.
export interface Authority {
  id: string;
  state: AuthorityState;
  kind: string;
  act: "search_sightings" | "find_convoys" | "track_plate" | "hold_sightings" | "export_evidence";
  purpose: Purpose;
  asked: AuthorityScope;
  granted: AuthorityScope | null;
  requester: string;
  requester_name: string;
  asked_at: string;
  decided_by: string | null;
  decided_by_name: string | null;
  decided_rank: string;
  decided_at: string | null;
  decision: string;
  valid_until: string | null;
  uses: number;
  uses_max: number;
  oral: boolean;
  confirm_by: string | null;
  confirmed_at: string | null;
  overdue: boolean;
  ended_at: string | null;
  end_reason: string;
}

// What somebody searched, noted for those who look after it.
export interface SearchNote {
  receipt: number;
  at: string;
  act: string;
  person: string;
  person_name: string;
  line: string;
  purpose: Purpose;
  plate: string;
  from: string | null;
  until: string | null;
  cameras: number;
  in_area: boolean;
  rows: number;
  pages: number;
  authority: string | null;
  authority_giver: string | null;
  by_word_of_mouth: boolean;
  flags: { flag: string; words: string }[];
}

export type ReviewState = "waiting" | "taken" | "needs_explanation" | "in_order" | "misuse_suspected";

export interface Review {
  id: string;
  state: ReviewState;
  why: ("sampled" | "urgent" | "flagged")[];
  search: SearchNote;
  made_at: string;
  due: string;
  overdue: boolean;
  owner: string | null;
  owner_name: string | null;
  steps: { at: string; by: string; to: ReviewState; words: string }[];
}

// What somebody had to do by a day and did not.
export interface FollowUp {
  missed: "hold" | "authority";
  id: string;
  purpose: Purpose;
  person: string;
  person_name: string;
  giver: string | null;
  giver_name: string | null;
  since: string;
  due: string;
  overdue: boolean;
  owner: string | null;
  owner_name: string | null;
  steps: { at: string; by: string; words: string }[];
}

// What somebody asked to be held.
export interface HoldPart {
  at: string;
  by_name: string;
  plate: string | null; // null: shown under the hold's own case alone
  cameras: string[];
  area: AuthorityScope["area"];
  from: string;
  until: string;
  reads: number | null; // null: nobody counted
}

// What is kept for a case past the end of retention.
export interface Hold {
  id: string;
  purpose: Purpose;
  owner: string;
  owner_name: string;
  made_at: string;
  review: string;
  overdue: boolean;
  reads: number | null;
  parts: HoldPart[];
  released_at: string | null;
  released_by_name: string | null;
  words: string;
}

export type Keeping = "open" | "sealed" | "dropping" | "gone";

export interface KeptDay {
  day: string;
  state: Keeping;
  kept_until: string;
  gone_by: string | null; // of a short slice
  pictures_state: Keeping;
  pictures_kept_until: string;
  reads: number;
  pictures: number;
  rows_bytes: number;
  pictures_bytes: number;
  keys: number;
  held: { hold: string; reads: number }[];
}

export interface Backup {
  folder: string;
  made_at: string | null;
  generation: number;
  at_place: "nothing_yet" | "both" | "folder_is_away" | "ring_is_away" | "another_ring";
  ring_is_behind: boolean;
  backup_is_behind: boolean;
  is_asked_for: boolean;
  failure: string;
}

// An answer that is not what was asked for: refused, not found, wrong, away.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly reasons: string[] = [],
    readonly receipt: number | null = null,
    // The kind of authority that would turn a refusal into a yes.
    readonly authority: string | null = null,
    // Of a second factor that is asked for: what a key may sign, and who it is that was believed.
    readonly challenge: KeyChallenge | null = null,
    readonly ticket: string | null = null,
  ) {
    super(detail);
  }
}

async function problemOf(reply: Response): Promise<Problem> {
  try {
    const body = await reply.json();
    return new Problem(
      reply.status,
      body.code ?? "",
      body.detail ?? body.title ?? reply.statusText,
      body.reasons ?? [],
      body.receipt ?? null,
      body.authority ?? null,
      body.security_key ?? null,
      body.ticket ?? null,
    );
  } catch {
    return new Problem(reply.status, "", `the office answered ${reply.status}`);
  }
}

async function ask(method: string, path: string, options: RequestInit): Promise<Response> {
  let reply: Response;
  try {
    reply = await fetch(path, { method, credentials: "same-origin", ...options });
  } catch {
    throw new Problem(0, "unavailable", "The office cannot be reached. Is it running?");
  }
  if (!reply.ok) throw await problemOf(reply);
  return reply;
}

export async function get<T>(path: string): Promise<T> {
  return (await ask("GET", path, {})).json();
}

export interface LogEntry {
  number: number;
  at: string;
  operation: string;
  act: string;
  day: string;
  role: string;
  outcome: string;
  details: Record<string, unknown> | null; // null: erased
}

// From this record on, oldest first.
export async function logEntries(first: number, count: number, reason: string): Promise<LogEntry[]> {
  const headers = { "X-Purpose-Reason": encodeURIComponent(reason) };
  const reply = await ask("GET", `/v1/audit/entries?first=${first}&count=${count}`, { headers });
  return ((await reply.json()) as { entries: LogEntry[] }).entries;
}

// How many records there are: the second line of a checkpoint (C2SP tlog-checkpoint).
export async function logSize(): Promise<number> {
  const note = await (await ask("GET", "/v1/audit/checkpoint", {})).text();
  return Number(note.split("\n")[1]);
}

// The header is what a form on another site cannot send.
export async function send<T>(method: "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "X-Regmark": "1" };
  const options: RequestInit = { headers };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const reply = await ask(method, path, options);
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}

// What the office sends for as long as it lets us listen, one event after another. Fails as `send`
// does, and where the connection breaks.
export async function* events(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<{ name: string; data: unknown }> {
  const headers = { "X-Regmark": "1", "Content-Type": "application/json" };
  const reply = await ask("POST", path, { headers, body: JSON.stringify(body), signal });
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      if (signal.aborted) throw error;
      throw new Problem(0, "unavailable", "The connection to the office broke.");
    });
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = [...block.matchAll(/^data: (.*)$/gm)].map((line) => line[1]).join("");
      if (name) yield { name, data: JSON.parse(data) };
    }
  }
}

export async function sendCsv<T>(path: string, csv: string): Promise<T> {
  const headers = { "X-Regmark": "1", "Content-Type": "text/csv" };
  return (await ask("PUT", path, { headers, body: csv })).json();
}

// The office names the file: by the number of its record.
export async function evidence(question: unknown): Promise<{ name: string; file: Blob }> {
  const headers = { "X-Regmark": "1", "Content-Type": "application/json" };
  const reply = await ask("POST", "/v1/evidence", { headers, body: JSON.stringify(question) });
  const name = /filename="([^"]+)"/.exec(reply.headers.get("Content-Disposition") ?? "")?.[1];
  return { name: name ?? "evidence.zip", file: await reply.blob() };
}

// As many as the office gives at once: what waits longest is oldest.
export async function authorities(): Promise<Authority[]> {
  return (await get<{ authorities: Authority[] }>("/v1/authorities?count=1000")).authorities;
}

export async function reviews(): Promise<Review[]> {
  return (await get<{ reviews: Review[] }>("/v1/reviews?count=1000")).reviews;
}

export async function followUps(): Promise<FollowUp[]> {
  return (await get<{ follow_ups: FollowUp[] }>("/v1/follow-ups")).follow_ups;
}

function purposeHeaders(purpose: Purpose): Record<string, string> {
  return {
    "X-Purpose-Category": encodeURIComponent(purpose.category),
    "X-Purpose-Reason": encodeURIComponent(purpose.reason),
    "X-Purpose-Reference": encodeURIComponent(purpose.reference),
    "X-Purpose-For-Whom": encodeURIComponent(purpose.for_whom),
  };
}

// With the plates of those that one may see under this purpose, and of one's own.
export async function holds(purpose?: Purpose): Promise<Hold[]> {
  const headers = purpose ? purposeHeaders(purpose) : {};
  const reply = await ask("GET", "/v1/holds?count=1000", { headers });
  return ((await reply.json()) as { holds: Hold[] }).holds;
}

export async function heldPicture(hold: string, read: Read, kind: string, purpose: Purpose): Promise<Blob> {
  const path = `/v1/holds/${encodeURIComponent(hold)}/pictures/${encodeURIComponent(read.id)}/${kind}`;
  return (await ask("GET", path, { headers: purposeHeaders(purpose) })).blob();
}

// A found sighting's picture is shown for the purpose of the search, and recorded under it.
// Its age decides, so the office asks when it was observed.
// Under an authority it says the plate too: an authority is for some plates.
export async function picture(read: Read, kind: string, purpose: Purpose, authority?: string): Promise<Blob> {
  const headers = purposeHeaders(purpose);
  const observed = encodeURIComponent(read.observed);
  const under = authority
    ? `&authority=${encodeURIComponent(authority)}&plate=${encodeURIComponent(read.plate)}`
    : "";
  const path = `/v1/sightings/${encodeURIComponent(read.id)}/pictures/${kind}?observed=${observed}${under}`;
  return (await ask("GET", path, { headers })).blob();
}

export function alertPicturePath(alert: Alert, kind: string): string {
  const read = encodeURIComponent(alert.read.id);
  return `/v1/sightings/${read}/pictures/${kind}?alert=${encodeURIComponent(alert.id)}`;
}
