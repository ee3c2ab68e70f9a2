// Where something is proposed: a point, or an area between two times.
import { element, field } from "./dom";
import { dayIn } from "./words";

const number = (least: number, most: number, step: string) => element("input", { type: "number", step, min: least, max: most, required: true });
const pair = (...fields: HTMLElement[]) => element("div", { class: "pair" }, ...fields);

export interface Fields<Value> {
  fields: HTMLElement[];
  value: () => Value;
}

export function pointFields(of = ""): Fields<{ latitude: number; longitude: number }> {
  const [latitude, longitude] = [number(-90, 90, "any"), number(-180, 180, "any")];
  return {
    fields: [pair(field(`Latitude${of}`, latitude, "Degrees, such as 54.0482"), field(`Longitude${of}`, longitude, "West is below nought"))],
    value: () => ({ latitude: Number(latitude.value), longitude: Number(longitude.value) }),
  };
}

export interface Stay {
  area: { latitude: number; longitude: number; radius_m: number };
  from: string; // UTC, like until
  until: string;
}

// It begins then, as a field for a time takes it, unless somebody says otherwise.
export function stayFields(begins: string): Fields<Stay> {
  const middle = pointFields(" of its middle");
  const radius = number(1, 400_000, "1");
  const from = element("input", { type: "datetime-local", value: begins, required: true });
  const until = element("input", { type: "datetime-local", value: `${dayIn(15)}T06:00`, required: true });
  return {
    fields: [...middle.fields, field("Radius in metres", radius), pair(field("From", from), field("Until", until))],
    value: () => ({
      area: { ...middle.value(), radius_m: Number(radius.value) },
      from: new Date(from.value).toISOString(),
      until: new Date(until.value).toISOString(),
    }),
  };
}
