// What the office says of keepers' requests, as types. Shapes: /openapi.json.
import type { Alert, Read } from "./api";
import { get, send } from "./api";

export type Wish = "access" | "erasure";
export type SubjectState = "open" | "answered" | "refused" | "neither";
export type Part = "reads" | "alerts" | "entries" | "held";
export type Ground = "inquiry" | "crime" | "public_security" | "national_security" | "others";

// Its clock: nothing about whom it is about.
export interface SubjectClock {
  id: string;
  wish: Wish;
  received: string;
  due: string;
  is_extended: boolean;
  overdue: boolean;
  state: SubjectState;
  decided_at: string | null;
}

export interface HeldBack {
  from: string;
  until: string;
  exemption: Ground;
  reason: string;
  parts: Part[];
  is_told: boolean;
}

export interface SubjectRequest extends SubjectClock {
  plate: string;
  from: string;
  until: string;
  asked_by: string;
  why_extended: string;
  words: string;
  held_back: (HeldBack & { exemption_words: string })[];
  gives: Part[];
  unsaid: Ground;
  erased: { reads: number; pictures: number; alerts: number; kept: number };
}

export interface SubjectHeld {
  receipt: number;
  request: SubjectRequest;
  is_all: boolean;
  sightings: Read[];
  kept_from: string | null;
  held: Read[];
  alerts: Alert[];
  entries: {
    entry: { id: string; state: string; added_at: string; expires_at: string | null; ended_at: string | null };
    list_name: string;
    list_purpose: string;
  }[];
}

export interface Decision {
  decision: Exclude<SubjectState, "open">;
  words: string;
  gives: Part[];
  unsaid: Ground;
  held_back: HeldBack[];
}

export interface NewRequest {
  wish: Wish;
  plate: string;
  from: string;
  until: string;
  asked_by: string;
  received: string;
}

const path = (id: string, step: string) => `/v1/subject-requests/${encodeURIComponent(id)}/${step}`;

export async function subjectRequests(): Promise<SubjectClock[]> {
  return (await get<{ subject_requests: SubjectClock[] }>("/v1/subject-requests?count=1000")).subject_requests;
}

// Each of these is a look, and on record: so each says why.
export const receive = (reason: string, about: NewRequest) =>
  send<SubjectRequest>("POST", "/v1/subject-requests", { purpose: { reason }, ...about });
export const see = (reason: string, id: string) =>
  send<SubjectHeld>("POST", path(id, "see"), { purpose: { reason } });
export const extend = (reason: string, id: string, words: string) =>
  send<SubjectRequest>("POST", path(id, "extend"), { purpose: { reason }, words });
export const erase = (reason: string, id: string, sightings: string[]) =>
  send<{ request: SubjectRequest; kept: { sighting: string; why: "held" | "awaited" }[] }>(
    "POST", path(id, "erase"), { purpose: { reason }, sightings });
export const decide = (reason: string, id: string, decision: Decision) =>
  send<{ request: SubjectRequest; answer: { text: string } }>(
    "POST", path(id, "decide"), { purpose: { reason }, ...decision });
