// Security keys: what the browser has them sign (WebAuthn Level 2). The office checks it all.

export interface KeyChallenge {
  challenge: string;
  rp_id: string;
  user_verification: UserVerificationRequirement;
  credentials: string[];
  timeout_ms: number;
}

export interface KeyAnswer {
  credential: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}

export interface KeyRequest {
  security_key: KeyChallenge;
  user_handle: string;
  algorithms: number[];
}

export interface NewKey {
  client_data: string;
  authenticator_data: string;
}

export function keysWork(): boolean {
  return "PublicKeyCredential" in window;
}

function bytesOf(text: string): Uint8Array {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function known(asked: KeyChallenge): PublicKeyCredentialDescriptor[] {
  return asked.credentials.map((id) => ({ type: "public-key", id: bytesOf(id) }));
}

// Browsers say no more than that nothing came of it.
function inWords(error: unknown): Error {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "InvalidStateError") return new Error("This key is known to the office already.");
  if (name === "SecurityError") {
    return new Error("The office's configuration names another address for security keys than this page's.");
  }
  return new Error("The key did not answer. Is it in, and did you touch it?");
}

export async function answerOf(asked: KeyChallenge): Promise<KeyAnswer> {
  try {
    const credential = (await navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(asked.challenge),
        rpId: asked.rp_id,
        userVerification: asked.user_verification,
        allowCredentials: known(asked),
        timeout: asked.timeout_ms,
      },
    })) as PublicKeyCredential;
    const said = credential.response as AuthenticatorAssertionResponse;
    return {
      credential: textOf(credential.rawId),
      client_data: textOf(said.clientDataJSON),
      authenticator_data: textOf(said.authenticatorData),
      signature: textOf(said.signature),
    };
  } catch (error) {
    throw inWords(error);
  }
}

// `person` is what the browser may show beside the key; none of it stays in the office's records.
export async function make(request: KeyRequest, person: string): Promise<NewKey> {
  const asked = request.security_key;
  try {
    const credential = (await navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(asked.challenge),
        rp: { id: asked.rp_id, name: "Regmark" },
        user: { id: bytesOf(request.user_handle), name: person, displayName: person },
        pubKeyCredParams: request.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: known(asked),
        authenticatorSelection: {
          residentKey: "discouraged",
          userVerification: asked.user_verification,
        },
        attestation: "none",
        timeout: asked.timeout_ms,
      },
    })) as PublicKeyCredential;
    const said = credential.response as AuthenticatorAttestationResponse;
    return {
      client_data: textOf(said.clientDataJSON),
      authenticator_data: textOf(said.getAuthenticatorData()),
    };
  } catch (error) {
    throw inWords(error);
  }
}
