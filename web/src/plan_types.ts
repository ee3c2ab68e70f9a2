// A plan as the office gives it: docs/formats/plan.md.

export interface Position {
  latitude: number;
  longitude: number;
}

export interface Totals {
  cameras: number;
  new_cameras: number;
  shared: number;
  existing: number;
  money: number;
  privacy: number;
}

export interface PlanAnswer {
  totals: Totals;
  proved: boolean;
  objectives: { objective: string; value: number; bound: number; proved: boolean }[];
  sites: string[];
}

export interface PlanSite {
  id: string;
  name: string;
  kind: "existing" | "partner" | "candidate";
  road: string;
  position: Position;
  money: number;
  residents_near: number | null;
  vehicles_a_day: number;
  vehicles_counted: boolean;
  unavoidable: number;
  privacy: number;
  planned: boolean;
  // Nothing: the time did not reach it.
  in_fewest: boolean | null;
  spare: boolean | null;
  needed_for: string[];
  weight_lost_without: number;
  backup_for: string[];
  on_fastest_way_of: string[];
  draws: number | null;
}

export interface PlanWay {
  roads: string[];
  length_m: number;
  seconds: number;
  sites_on_it: number;
}

// Infrastructure, a border or a crowded place, as it was taken in.
export interface PlanPoint {
  name: string;
  kind: "infrastructure" | "border" | "crowded_place";
  position: Position;
  area: string | null; // the id of its threat area
}

export interface PlanPoints {
  source: string;
  day: string;
  points: PlanPoint[];
  radius_m: number; // of the circle around those that are watched
  left_out: number;
  off_network: string[];
}

export interface Plan {
  title: string;
  made_from: string;
  solver: string;
  seconds: number;
  receipt: number;
  kept?: number; // its number, where it was kept as a record
  off_network: string[];
  points?: PlanPoints | null; // nothing: none were taken in
  network: { junctions: number; roads: number; islands: number[] };
  meets_cover: boolean;
  cannot_be_met: { id: string; wanted: number; at_most: number; why: string; way: PlanWay }[];
  gaps: { id: string; name: string; weight: number; wanted: number; now: number; way: PlanWay }[];
  recommended: PlanAnswer;
  without_caps: PlanAnswer | null;
  fewest: PlanAnswer | null;
  demands: {
    id: string;
    name: string;
    weight: number;
    wanted: number;
    now: number;
    planned: number;
    on_fastest_now: number;
  }[];
  sites: PlanSite[];
  places: {
    id: string;
    name: string;
    residents: number;
    unavoidable_now: { share: number };
    unavoidable_planned: { share: number };
  }[];
  trade_off: { complete: boolean; wanted?: number; points: (Totals & { proved: boolean })[] };
  reservations: string[]; // what the time did not reach, and what nobody gave
  stability: { draws: number; wanted?: number; spread: number; seed: number };
  map: { roads: { id: string; name: string; class: string; shape: [number, number][] }[] };
}
