// What the office says of the estate, as types. Shapes: /openapi.json.
import { get, send } from "./api";

export interface Field {
  id: string;
  title: string;
  kind: "words" | "choice" | "number" | "day";
  choices: string[];
  optional: boolean;
}

export interface Part {
  id: string;
  title: string;
  paragraph: string;
  ask: string;
  presence: "needed" | "optional" | "claimed";
  rows_max: number;
  fields: Field[];
  evidence: string[];
}

export interface Form {
  id: string;
  title: string;
  paragraph: string;
  act: string;
  role: string | null;
  parts: Part[];
}

export interface Evidence {
  kind: string;
  title: string;
  sha256: string;
}

export type Row = Record<string, string>;

export interface Paper {
  form: string;
  parts: Record<string, { rows: Row[]; evidence: Evidence[] }>;
}

export interface Lack {
  part: string;
  field: string;
  why: string;
}

export interface Site {
  id: string;
  name: string;
  state: string;
  stage: string;
  path: string;
  author: string;
  approver: string | null;
  live_from: string | null;
  lapses: string | null;
  impact_due: string | null;
  collects_now: boolean;
  why_not: string;
  grounds: { need: string; category: string; review: string };
}

export interface SiteFile {
  missing: string[]; // what its next step wants and does not find
  awaits_assessing_anew: boolean; // it was assessed, and something was written since
  site: Site;
  steps: { step: string; at: string; by: string; by_name: string; words: string; review: string | null }[];
  papers: { number: number; version: number; form: string; at: string; by: string; by_name: string; whole: boolean; paper: Paper }[]; // not whole: a draft, which is not in force
  cameras: string[];
  near: string[];
  views: {
    camera: string;
    name: string;
    installed: string | null; // null: it was inherited
    stopped: string | null;
    lens: string;
    direction: string;
    attested_by: string;
    attested_on: string | null;
  }[];
}

export interface ReviewDue {
  site: string;
  name: string;
  awaits: "review" | "impact" | "notice" | "end";
  urgency: "lapsed" | "escalated" | "overdue" | "soon" | "later";
  review: string;
  lapses: string;
  cameras: string[];
}

export interface Draft {
  release: string;
  question: string;
  from: string;
  until: string;
  lines: { of: string; value: number; how: "exact" | "approximate" | "not_recorded"; unknown: number; counted: string | null; without: string[] }[];
}

// Forms that are a step themselves: written once for each, and never anew.
export const takenAsSteps = ["decision", "commissioning", "review", "decommissioning"];

const at = (site: string, more: string) => `/v1/sites/${encodeURIComponent(site)}/${more}`;

export async function forms(): Promise<Form[]> {
  return (await get<{ forms: Form[] }>("/v1/estate/guidance")).forms;
}
export async function sites(): Promise<Site[]> {
  return (await get<{ sites: Site[] }>("/v1/sites")).sites;
}
export async function reviewsDue(): Promise<ReviewDue[]> {
  return (await get<{ reviews: ReviewDue[] }>("/v1/estate/reviews")).reviews;
}
export async function siteFile(site: string, on: string): Promise<SiteFile> {
  return get<SiteFile>(at(site, on ? `file?on=${on}` : "file"));
}
export async function step<T>(site: string, word: string, body: unknown): Promise<T> {
  return send<T>("POST", at(site, word), body);
}
// `known`: as the register stood at the end of that day; empty: as it is known now.
export async function askRegister(question: string, from: string, until: string, known: string): Promise<Draft> {
  const query = new URLSearchParams({ from, until, ...(known ? { known } : {}) });
  return get<Draft>(`/v1/register/${question}?${query}`);
}

// Keeps a file, and gives its SHA-256.
export async function handIn(file: File): Promise<string> {
  const reply = await fetch("/v1/estate/evidence", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/octet-stream", "X-Regmark": "1" },
    body: file,
  });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.detail ?? `the office answered ${reply.status}`);
  return body.sha256;
}
