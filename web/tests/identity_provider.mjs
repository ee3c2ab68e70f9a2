// A real identity provider (npm's oidc-provider) on this machine, which believes whatever name it is
// told; and the stories of those who sign in through it.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { accessible, axe } from "./accessible.mjs";
import { codeOf } from "./second_factor.mjs";

export const clientSecret = randomBytes(24).toString("base64url");

function formOf(request) {
  return new Promise((resolve) => {
    let body = "";
    request.on("data", (bytes) => {
      body += bytes;
    });
    request.on("end", () => resolve(new URLSearchParams(body)));
  });
}

export async function startProvider({ port, redirect }) {
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "regmark", client_secret: clientSecret, redirect_uris: [redirect],
      response_types: ["code"], grant_types: ["authorization_code"],
    }],
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub", "amr"], profile: ["preferred_username"], email: ["email"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true, methods: ["S256"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id }),
    }),
    // Nobody is asked whether the office may know who they are.
    loadExistingGrant: async (context) => {
      const { client, session, provider: own } = context.oidc;
      const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const server = createServer(async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "GET") {
      response.setHeader("Content-Type", "text/html");
      return response.end(
        '<!doctype html><html lang="en"><title>Test identity</title><form method="post">' +
          '<label>Who are you? <input name="login"></label>' +
          '<label>Second factor <input name="mfa" type="checkbox"></label>' +
          "<button>Go on</button></form></html>");
    }
    const form = await formOf(request);
    const amr = form.has("mfa") ? ["pwd", "mfa"] : ["pwd"];
    const login = { accountId: form.get("login"), amr, remember: false };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    issuer,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

export async function vouchedStory({ browser, office, administrator, signIn, check, shot }) {
  const patrol = await office.hire(administrator, "vouched", "patrol");
  const keeper = await office.hire(administrator, "vouched-keeper", "auditor");

  // Another desk each time: the provider has cookies of its own.
  const arrive = async (name, withFactor) => {
    const page = await (await browser.newContext()).newPage();
    await page.addInitScript({ path: axe });
    await page.goto(office.page);
    await page.getByRole("button", { name: "Continue with Test identity" }).click();
    await page.getByLabel("Who are you?").fill(name);
    if (withFactor) await page.getByLabel("Second factor").check();
    await page.getByRole("button", { name: "Go on" }).click();
    return page;
  };

  await check("whom the identity provider vouches for is signed in", async () => {
    const page = await arrive(keeper.name, false);
    await page.getByText("vouched-keeper (auditor)").waitFor();
    assert.equal(new URL(page.url()).search, ""); // neither code nor state stays in the address
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Continue with Test identity" }).waitFor();
    await accessible(page);
    await shot(page, "9-sign-in-ways");
    await page.context().close();
  });

  await check("the provider's second factor counts, and only when it asked for one", async () => {
    const weak = await arrive(patrol.name, false);
    await weak.getByRole("heading", { name: "A second factor" }).waitFor();
    await weak.context().close();
    const strong = await arrive(patrol.name, true);
    await strong.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
    await strong.context().close();
  });

  await check("who never had a password sets up a second factor", async () => {
    await office.ask(administrator.token, "POST", "/v1/people", {
      sign_in_name: "vouched-new", display_name: "vouched-new", organisation: "test-force",
      roles: ["patrol"],
    });
    const page = await arrive("vouched-new", false);
    await page.getByRole("heading", { name: "A second factor" }).waitFor();
    await accessible(page);
    await shot(page, "9-once-more");
    // They are there already, and are asked all the same. Somebody else is refused.
    const show = async (name, factor = true) => {
      await page.getByRole("button", { name: "Show it at Test identity instead" }).click();
      await page.getByLabel("Who are you?").fill(name);
      if (factor) await page.getByLabel("Second factor").check();
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByRole("heading", { name: "A second factor" }).waitFor();
    };
    await show("vouched-new", false);
    await page.getByRole("alert").getByText("saw no second factor of yours").waitFor();
    await show(keeper.name);
    await page.getByRole("alert").getByText("this is somebody else").waitFor();
    await page.getByLabel("Password, once more").waitFor();
    await show("vouched-new");
    await page.getByText("has just said that it is you").waitFor();
    assert.equal(await page.getByLabel("Password, once more").count(), 0);
    await accessible(page);
    await shot(page, "9-once-more-shown");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("heading", { name: "Your authenticator app" }).waitFor();
    const secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
    await page.getByLabel("The code that it shows now").fill(codeOf(secret, Date.now()));
    await page.getByRole("button", { name: "Put it in force" }).click();
    await page.getByRole("button", { name: "I have them" }).click();
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
    await page.context().close();
  });

  await check("whom the office does not know is told so, and nobody is made", async () => {
    const page = await arrive("mallory", true);
    await page.getByRole("alert").getByText("an administrator must add you first").waitFor();
    const { people } = await office.ask(administrator.token, "GET", "/v1/people");
    assert.equal(people.some((person) => person.sign_in_name === "mallory"), false);
    await page.context().close();
  });

  await check("a way back that another browser began is none", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${office.page}/?state=guessed&code=stolen`);
    await page.getByRole("alert").getByText("was not begun in this browser").waitFor();
    await page.context().close();
  });

  await check("when the provider is away, that is said, and a password still opens", async () => {
    await office.provider.stop();
    await office.restart(); // what it had learnt is forgotten
    const page = await (await browser.newContext()).newPage();
    await page.goto(office.page);
    await page.getByRole("button", { name: "Continue with Test identity" }).click();
    await page.getByRole("alert").getByText("sign in with your password").waitFor();
    await signIn(page, keeper);
    await page.getByText("vouched-keeper (auditor)").waitFor();
    await page.context().close();
  });
}
