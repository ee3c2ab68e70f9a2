// Live alerts: the list, which one is open, and the stream that feeds both.
import { type Alert, Problem, type Session, get } from "./api";
import { alertDetail } from "./alert_detail";
import { announce, element } from "./dom";
import { ageOf, gradeWords, plateOf, stateWords } from "./words";
import { walk } from "./walk";

// More would be noise; older ones are found by a search.
const alertsShownMax = 200;
const open = new Set(["new", "confirmed", "assigned", "acted"]);

// A line that the office closed (it was busy, or started again) is asked for anew after so long.
const lineAgainAfter = 5_000;

export function alertsPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const alerts = new Map<string, Alert>();
  let chosen: string | null = null;
  let openOnly = true;

  const list = element("ul", { class: "alerts", "aria-label": "Alerts, newest first" });
  const detail = element("section", { class: "detail", "aria-label": "The alert", tabindex: -1 });
  const line = element("p", { class: "line", role: "status" }, "Connecting…");
  const filter = element("input", { type: "checkbox", checked: true, id: "open-only" });
  filter.addEventListener("change", () => {
    openOnly = filter.checked;
    drawList();
  });

  function shown(): Alert[] {
    return [...alerts.values()]
      .filter((alert) => !openOnly || open.has(alert.state) || alert.id === chosen)
      .sort((a, b) => b.raised_at.localeCompare(a.raised_at))
      .slice(0, alertsShownMax);
  }

  function row(alert: Alert): HTMLElement {
    const button = element(
      "button",
      {
        class: `alert ${alert.hit.priority} ${alert.state}`,
        "aria-current": alert.id === chosen ? "true" : undefined,
        click: () => choose(alert.id),
      },
      plateOf(alert.read),
      element("span", { class: `grade ${alert.hit.grade}` }, gradeWords[alert.hit.grade]),
      element("span", { class: "list" }, `${alert.hit.list_name} (${alert.hit.priority})`),
      element(
        "span",
        { class: "state" },
        stateWords[alert.state],
        alert.live ? "" : " · not live",
        ` · ${ageOf(alert.read.observed)}`,
      ),
    );
    return element("li", { id: `row-${alert.id}` }, button);
  }

  function drawList(): void {
    const focused = document.activeElement?.closest("li")?.id;
    const rows = shown().map(row);
    list.replaceChildren(...(rows.length ? rows : [element("li", { class: "none" }, "No alerts.")]));
    if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  }

  function choose(id: string | null): void {
    chosen = id;
    drawList();
    drawDetail();
  }

  function drawDetail(): void {
    const hadFocus = detail.contains(document.activeElement);
    const alert = chosen ? alerts.get(chosen) : undefined;
    detail.replaceChildren(
      alert
        ? alertDetail(alert, session, take)
        : element("p", { class: "none" }, "Choose an alert. Keys: j and k to move, c to confirm, r to reject."),
    );
    // The button that was pressed is gone: whoever uses the keyboard goes on from here.
    if (hadFocus) detail.focus();
  }

  // A later version of an alert replaces an earlier one, whichever way it came.
  function take(alert: Alert): void {
    const known = alerts.get(alert.id);
    if (known && (known.version > alert.version || (known.durable && !alert.durable))) return;
    alerts.set(alert.id, known?.stand ? { stand: known.stand, ...alert } : alert);
    if (!known && alert.live) {
      announce(`New ${alert.hit.priority} alert: ${[...alert.read.plate].join(" ")}, ${alert.hit.list_name}`);
    }
    drawList();
    if (alert.id === chosen) drawDetail();
    else if (!chosen) choose(alert.id);
  }

  let stream: EventSource | null = null;
  let again = 0;
  const load = async () => {
    try {
      const latest = await get<{ alerts: Alert[] }>("/v1/alerts?count=200");
      for (const alert of [...latest.alerts].reverse()) take(alert);
      drawList();
    } catch (error) {
      line.textContent = (error as Problem).message;
    }
  };
  // A browser comes back by itself after a lost connection, and never after an answer that is not
  // 200: whose session is over must hear it, and everybody else must get a new line.
  const lineClosed = async () => {
    try {
      await get<Session>("/v1/session");
    } catch (error) {
      if (stream && (error as Problem).status === 401) return signedOut();
    }
    if (stream) again = window.setTimeout(connect, lineAgainAfter);
  };
  function connect(): void {
    const source = new EventSource("/v1/alerts/stream");
    stream = source;
    // Also after a lost connection: what happened in between is fetched.
    source.addEventListener("open", () => {
      line.textContent = "Live";
      line.className = "line live";
      void load();
    });
    source.addEventListener("error", () => {
      line.textContent = "The line is down; trying again…";
      line.className = "line down";
      if (stream === source && source.readyState === EventSource.CLOSED) void lineClosed();
    });
    source.addEventListener("alert", (event) => take(JSON.parse(event.data)));
  }
  connect();

  const stopWalking = walk(
    () => shown().map((alert) => alert.id),
    () => chosen,
    choose,
    ({ key }) => detail.querySelector<HTMLButtonElement>(`[aria-keyshortcuts="${key}"]:enabled`)?.click(),
  );
  // Ages go stale by themselves.
  const timer = window.setInterval(drawList, 30_000);
  drawDetail();

  const page = element(
    "div",
    { class: "live-alerts" },
    element(
      "section",
      { class: "side", "aria-label": "Alerts" },
      element("h1", {}, "Alerts"),
      line,
      element("p", {}, filter, element("label", { for: "open-only" }, " open ones only")),
      list,
    ),
    detail,
  );
  const leave = () => {
    stream?.close();
    stream = null;
    window.clearTimeout(again);
    stopWalking();
    window.clearInterval(timer);
  };
  return { page, leave };
}
