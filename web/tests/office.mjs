// An office for the console's tests: a process of its own, people, a camera, a list.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientSecret, startProvider } from "./identity_provider.mjs";

const startTimeMax = 60_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export class Office {
  organisations = new Set();

  static async start(program) {
    const office = new Office();
    office.folder = mkdtempSync(join(tmpdir(), "regmark-console-"));
    const port = await freePort();
    office.address = `http://127.0.0.1:${port}`;
    // By a name: browsers make no security keys for an address in figures.
    office.page = `http://localhost:${port}`;
    office.provider = await startProvider({ port: await freePort(), redirect: `${office.page}/` });
    const config = join(office.folder, "office.toml");
    writeFileSync(join(office.folder, "client.secret"), clientSecret, { mode: 0o600 });
    writeFileSync(config, `[sign_in]
second_factor = ["patrol"]
[sign_in.security_keys]
rp_id = "localhost"
origins = ["${office.page}"]
[sign_in.identity_provider]
name = "Test identity"
issuer = "${office.provider.issuer}"
client_id = "regmark"
client_secret_file = "client.secret"
redirect = "${office.page}/"
second_factor_amr = ["mfa"]
`);
    office.command = [program, [
      "serve", "--data", join(office.folder, "data"), "--listen", `127.0.0.1:${port}`,
      "--config", config,
    ]];
    office.code = await office.run();
    await office.untilItAnswers();
    return office;
  }

  // Gives the one-time code that it prints when it is new.
  run() {
    this.process = spawn(...this.command);
    this.said = "";
    return new Promise((resolve, reject) => {
      const hear = (bytes) => {
        this.said += bytes;
        const found = /one-time code[^:\n]*:\s*(\S+)/i.exec(this.said);
        if (found) resolve(found[1]);
        else if (this.said.includes("The office is open")) resolve("");
      };
      this.process.stdout.on("data", hear);
      this.process.stderr.on("data", hear);
      this.process.on("exit", (status) =>
        reject(new Error(`the office ended with ${status}:\n${this.said}`)));
      setTimeout(() => reject(new Error(`no code was printed:\n${this.said}`)), startTimeMax).unref();
    });
  }

  async end() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    return ended;
  }

  async restart() {
    await this.end();
    await this.run();
    await this.untilItAnswers();
  }

  async untilItAnswers() {
    const deadline = Date.now() + startTimeMax;
    while (Date.now() < deadline) {
      try {
        if ((await fetch(`${this.address}/healthz`)).ok) return;
      } catch {
        // not yet
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the office does not answer:\n${this.said}`);
  }

  async ask(token, method, path, body, type = "application/json") {
    const reply = await fetch(this.address + path, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { "Content-Type": type }),
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : {};
  }

  // Chooses a password with a one-time code and signs in.
  async admit(name, code) {
    const password = randomBytes(12).toString("base64url");
    await this.ask("", "POST", "/v1/password", { sign_in_name: name, code, password });
    const { token } = await this.ask("", "POST", "/v1/session", { sign_in_name: name, password });
    return { name, password, token };
  }

  // `more`: a rank, a name to be shown by.
  async hire(administrator, name, role, more = {}) {
    const organisation = "test-force";
    if (!this.organisations.has(organisation)) {
      this.organisations.add(organisation);
      await this.ask(administrator.token, "POST", "/v1/organisations", {
        id: organisation, kind: "force", name: "Test Force",
      });
    }
    const { code } = await this.ask(administrator.token, "POST", "/v1/people", {
      sign_in_name: name, display_name: name, organisation, roles: [role], ...more,
    });
    return this.admit(name, code);
  }

  // One read with its overview, handed in as the camera would.
  async handIn(cameraToken, read, picture) {
    const form = new FormData();
    const now = new Date().toISOString();
    const whole = { observed: now, sent: now, source_event: randomBytes(8).toString("hex"), ...read };
    form.set("reads", new Blob([JSON.stringify(whole)], { type: "application/json" }), "reads.json");
    if (picture) {
      form.set("0.overview", new Blob([readFileSync(picture)], { type: "image/jpeg" }), "o.jpg");
    }
    const reply = await fetch(`${this.address}/v1/reads`, {
      method: "POST", headers: { Authorization: `Bearer ${cameraToken}` }, body: form,
    });
    const answer = await reply.json();
    if (answer.accepted !== 1) throw new Error(`not accepted: ${JSON.stringify(answer)}`);
  }

  async stop() {
    const status = await this.end();
    await this.provider.stop();
    rmSync(this.folder, { recursive: true, force: true });
    return status;
  }
}
