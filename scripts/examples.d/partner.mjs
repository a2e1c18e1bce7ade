// The other partners of the programme, who make happen what the examples are told of. They ask the gateway itself.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";

export class Partner {
  constructor(server, client) {
    Object.assign(this, { server, client });
    this.token = execFileSync(server.gateway, ["token", client, "--demo"], { encoding: "utf8" }).trim();
  }

  async asks(query, variables) {
    const answer = await fetch(`${this.server.address}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(`${this.client} asked ${query}\n  got ${JSON.stringify(errors)}`);
    return data;
  }

  // Gives a command; answers with the rules that refused, and the row.
  async gives(command, type, row, input) {
    const query = `mutation($input: ${type}!) { ${command}(input: $input) { errors { code message field } ${row} } }`;
    return (await this.asks(query, { input: { idempotencyKey: randomUUID(), ...input } }))[command];
  }

  async does(command, type, row, input) {
    const { errors, ...rest } = await this.gives(command, type, row, input);
    if (errors.length) throw new Error(`${this.client}: ${command}: ${JSON.stringify(errors)}`);
    return Object.values(rest)[0];
  }
}

// The administration, which can show a client out and let it in again.
export class Administration extends Partner {
  async #client(clientId) {
    const { organisations } = await this.asks("{ organisations(first: 100) { nodes { clients { id clientId version } } } }");
    return organisations.nodes.flatMap(({ clients }) => clients).find((one) => one.clientId === clientId);
  }

  async #does(command, clientId) {
    const { id, version } = await this.#client(clientId);
    await this.does(command, `${command[0].toUpperCase()}${command.slice(1)}Input`, "client { id }", { id, expectedVersion: version });
  }

  suspends(clientId) {
    return this.#does("suspendClient", clientId);
  }

  resumes(clientId) {
    return this.#does("resumeClient", clientId);
  }

  async revokes(clientId, token) {
    const { jti } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
    const { id } = await this.#client(clientId);
    await this.does("revokeToken", "RevokeTokenInput", "client { id }", { id, jti, reason: "PRECAUTION" });
  }
}

// The mission whose cases the police are told of.
export class Mission extends Partner {
  async ready() {
    const { cases } = await this.asks(
      `{ cases(first: 100, filter: { state: [READY_TO_DEPART] }) { nodes { id version reference
         consents { id recipientClass state active } itineraries { id version state segments { departsAt arrivesAt } } } } }`,
    );
    const toPolice = ({ consents }) => consents.some((one) => one.active && one.recipientClass === "HOST_POLICE");
    return cases.nodes.filter(toPolice);
  }

  async #fresh({ id }) {
    const question = "query($id: ID!) { node(id: $id) { ... on Case { id version itineraries { id version state segments { departsAt arrivesAt } } } } }";
    const { node } = await this.asks(question, { id });
    return { ...node, itinerary: node.itineraries.find(({ state }) => state === "TICKETED") };
  }

  async departs(file) {
    const { id, version } = await this.#fresh(file);
    const now = new Date().toISOString();
    await this.does("confirmDeparture", "ConfirmDepartureInput", "case { state }", {
      caseId: id, expectedVersion: version, departedAt: now, declarationSignedAt: now,
      exitFormalities: { borderPoint: "Pristina airport", doneAt: now },
    });
  }

  // The first flight is moved by a few minutes.
  async moves(file) {
    const { itinerary } = await this.#fresh(file);
    const [{ departsAt, arrivesAt }] = itinerary.segments;
    const moved = (moment) => new Date(Date.parse(moment) + 300_000).toISOString();
    await this.does("retimeSegment", "RetimeSegmentInput", "itinerary { id }", {
      itineraryId: itinerary.id, expectedVersion: itinerary.version, position: 0, departsAt: moved(departsAt), arrivesAt: moved(arrivesAt),
    });
  }

  async withdraws({ id }) {
    await this.does("withdrawCase", "WithdrawCaseInput", "case { state }", { caseId: id, reason: "FAMILY_REASONS" });
  }

  async revokesConsentToPolice(file) {
    for (const { id } of file.consents.filter((one) => one.active && one.recipientClass === "HOST_POLICE")) {
      const { version } = await this.#fresh(file);
      await this.does("revokeConsent", "RevokeConsentInput", "case { id }", { consentId: id, expectedVersion: version });
    }
  }

  // Answers what consular posts wished to know.
  async answers(answer) {
    const { travelDocumentRequests } = await this.asks(
      "{ travelDocumentRequests(first: 100, filter: { state: [MORE_INFO_REQUESTED] }) { nodes { id version informationRequests { question answeredAt } } } }",
    );
    const open = travelDocumentRequests.nodes.find(({ informationRequests }) => informationRequests.at(-1)?.question === answer.to);
    await this.does("answerInformationRequest", "AnswerInformationRequestInput", "travelDocumentRequest { state }", {
      travelDocumentRequestId: open.id, expectedVersion: open.version, answer: answer.says,
    });
    return open.id;
  }
}
