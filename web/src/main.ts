// The console: who is signed in, and which page is shown.
import { Problem, type Session, get, send } from "./api";
import { accountPage } from "./account";
import { alertsPage } from "./alerts";
import { apartPage } from "./apart";
import { authorityPage } from "./authority";
import { checkReadsPage } from "./check_reads";
import { deploymentsPage } from "./deployments";
import { daysPage } from "./days";
import { codePage } from "./code";
import { byId, element } from "./dom";
import { estatePage } from "./estate";
import { forget } from "./handed";
import { holdsPage } from "./holds";
import { logPage } from "./log";
import { forgetNews, tellNews } from "./news";
import { peoplePage } from "./people";
import { planPage } from "./plan";
import { forgetTicket } from "./provider";
import { registerPage } from "./register";
import { reviewsPage } from "./reviews";
import { searchPage } from "./search";
import { secondFactorPage } from "./second_factor";
import { comingBack, signInPage } from "./sign_in";
import { standardsPage } from "./standards";
import { subjectsPage } from "./subjects";
import { surroundingsPage } from "./surroundings";

interface Page {
  path: string;
  title: string;
  roles: string[];
  isOffered?: () => boolean; // otherwise to whoever has one of the roles
  // `focus`: where whoever comes with something in hand goes on; else at the top.
  show: (
    session: Session,
    signedOut: () => void,
  ) => { page: HTMLElement; leave: () => void; focus?: HTMLElement | undefined };
}

// What is kept apart, for those whom the policy names: the office says who is.
const apartPath = "#/apart";
let seesApart = false;

const pages: Page[] = [
  { path: "#/alerts", title: "Alerts", roles: ["operator", "patrol"], show: alertsPage },
  {
    path: "#/search",
    title: "Search",
    roles: ["investigator"],
    show: (session) => ({ page: searchPage(session), leave: () => undefined }),
  },
  {
    path: "#/authority",
    title: "Authority",
    roles: ["investigator", "authoriser"],
    show: authorityPage,
  },
  { path: "#/plan", title: "Plan", roles: ["anpr_manager"], show: planPage },
  { path: "#/reviews", title: "Reviews", roles: ["reviewer"], show: reviewsPage },
  { path: "#/standards", title: "Standards", roles: ["standards"], show: standardsPage },
  {
    path: "#/days",
    title: "What is kept",
    roles: ["dpo", "auditor", "administrator", "anpr_manager"],
    show: daysPage,
  },
  { path: "#/log", title: "Log", roles: ["auditor"], show: logPage },
  { path: "#/people", title: "People", roles: ["administrator"], show: peoplePage },
  { path: "#/subjects", title: "Keepers", roles: ["dpo"], show: subjectsPage },
  { path: "#/holds", title: "Holds", roles: ["investigator", "authoriser", "dpo", "auditor"], show: holdsPage },
  {
    path: "#/estate",
    title: "Estate",
    roles: ["anpr_manager", "overt_lead", "dpo", "controller", "auditor"],
    show: estatePage,
  },
  {
    path: "#/deployments",
    title: "Deployments",
    roles: ["anpr_manager", "overt_lead", "dpo", "controller", "auditor"],
    show: deploymentsPage,
  },
  { path: apartPath, title: "Kept apart", roles: ["anpr_manager", "controller"], isOffered: () => seesApart, show: apartPage },
  {
    path: "#/surroundings",
    title: "Surroundings",
    roles: ["anpr_manager", "overt_lead", "dpo", "controller", "auditor"],
    show: surroundingsPage,
  },
  {
    path: "#/register",
    title: "Register",
    roles: ["anpr_manager", "overt_lead", "dpo", "controller", "foi_officer", "auditor"],
    show: registerPage,
  },
  {
    path: "#/code",
    title: "Code",
    roles: ["anpr_manager", "overt_lead", "dpo", "controller", "foi_officer", "auditor"],
    show: codePage,
  },
  { path: "#/check-reads", title: "Check reads", roles: ["operator", "anpr_manager"], show: checkReadsPage },
];

// For everybody, and nobody's first page.
const ownPath = "#/account";

let session: Session | null = null;
let leave: () => void = () => undefined;

function mayOpen(page: Page): boolean {
  return page.roles.some((role) => session?.person.roles.includes(role)) && (page.isOffered?.() ?? true);
}

async function askWhatIsOffered(): Promise<void> {
  const asked = session;
  const page = pages.find((one) => one.path === apartPath);
  if (!asked || asked.lacks_second_factor || !page?.roles.some((role) => asked.person.roles.includes(role))) return;
  try {
    const { offered } = await get<{ offered: boolean }>("/v1/covert/offer");
    if (!offered || session !== asked) return;
  } catch {
    return; // it is not offered
  }
  seesApart = true;
  // Nobody who is at work on a page loses it: only whoever came for this one is shown it now.
  const allowed = pages.filter(mayOpen);
  if (location.hash === apartPath) show();
  else header(location.hash === ownPath ? undefined : (allowed.find((one) => one.path === location.hash) ?? allowed[0]));
}

function header(current: Page | undefined): void {
  const top = byId("top");
  const name = element("strong", { class: "name" }, "Regmark");
  if (!session) {
    top.replaceChildren(name);
    return;
  }
  const open = session.lacks_second_factor ? [] : pages.filter(mayOpen);
  const links = open.map((page) =>
    element("a", { href: page.path, "aria-current": page === current ? "page" : undefined }, page.title),
  );
  const isOwn = location.hash === ownPath && !session.lacks_second_factor;
  const own = session.lacks_second_factor
    ? null
    : element("a", { href: ownPath, "aria-current": isOwn ? "page" : undefined }, "Your account");
  const out = element("button", { class: "link", click: () => void signOut() }, "Sign out");
  const who = element("span", { class: "who" }, `${session.person.display_name} (${session.person.roles.join(", ")})`);
  top.replaceChildren(name, element("nav", { "aria-label": "Pages" }, ...links, own), who, out);
}

async function signOut(): Promise<void> {
  try {
    await send("DELETE", "/v1/session");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  session = null;
  show();
}

function signedIn(opened: Session): void {
  session = opened;
  seesApart = false;
  show();
  void tellNews();
  void askWhatIsOffered();
}

function sessionIsOver(): void {
  session = null;
  show("Your session is over. Sign in again.");
}

// With what there is to do: nobody came for the page that the way back left them at.
function begin(): void {
  if (location.hash === ownPath) history.replaceState(null, "", "#/");
  show();
  void askWhatIsOffered();
}

// `why`: what whoever was signed out by the office is told.
function show(why = ""): void {
  leave();
  leave = () => undefined;
  const main = byId("main");
  if (!session) {
    forget();
    forgetNews();
    forgetTicket();
    header(undefined);
    document.title = "Sign in – Regmark";
    main.replaceChildren(signInPage(signedIn, why));
    main.querySelector("input")?.focus();
    return;
  }
  if (session.lacks_second_factor) {
    header(undefined);
    document.title = "A second factor – Regmark";
    main.replaceChildren(secondFactorPage(session, begin));
    main.querySelector("input")?.focus();
    return;
  }
  if (location.hash === ownPath) {
    header(undefined);
    document.title = "Your account – Regmark";
    main.replaceChildren(accountPage(session, sessionIsOver));
    return;
  }
  const allowed = pages.filter(mayOpen);
  const page = allowed.find((one) => one.path === location.hash) ?? allowed[0];
  header(page);
  if (!page) {
    document.title = "Regmark";
    const text = "Your roles have no page in this console yet; the API and the command line serve them.";
    main.replaceChildren(element("p", { class: "card" }, text));
    return;
  }
  document.title = `${page.title} – Regmark`;
  const shown = page.show(session, sessionIsOver);
  leave = shown.leave;
  main.replaceChildren(shown.page);
  (shown.focus ?? main).focus();
}

async function start(): Promise<void> {
  const back = await comingBack(signedIn);
  if (back === "once more") history.replaceState(null, "", ownPath);
  if (back instanceof HTMLElement) {
    header(undefined);
    document.title = "Sign in – Regmark";
    byId("main").replaceChildren(back);
    back.querySelector<HTMLElement>("button.main[type=button], input")?.focus();
    return;
  }
  try {
    const isNew = back !== null && back !== "once more";
    session = isNew ? back : await get<Session>("/v1/session");
    if (isNew) void tellNews();
  } catch {
    session = null;
  }
  show();
  void askWhatIsOffered();
}

window.addEventListener("hashchange", () => show());
void start();
