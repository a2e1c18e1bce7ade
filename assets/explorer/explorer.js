// The explorer: GraphiQL, asked as one client of the registry.
//
// It keeps no token and no answer: what it must remember lives in this tab's session storage and goes with the tab,
// because variables and answers hold personal data and the machine may be shared.
"use strict";

(() => {
  const address = (path) => new URL(path, document.baseURI);
  const clientBox = document.getElementById("client-box");
  const clientField = document.getElementById("client");
  const tokenBox = document.getElementById("token-box");
  const tokenField = document.getElementById("token");
  const standing = document.getElementById("standing");
  const root = ReactDOM.createRoot(document.getElementById("explorer"));

  const welcome = [
    {
      query: `# Choose above whom to ask as, then press
# the arrow. The book on the left says of
# every field who may read it; what is kept
# from this client is null here, and listed
# in extensions.redactions.
query CasesInReach {
  cases(first: 5) {
    totalCount
    nodes {
      reference
      state
      persons {
        fullName
        dateOfBirth
        phone
      }
    }
  }
}
`,
    },
    {
      query: `# The notices of this organisation:
# what there is, then what comes.
subscription Inbox {
  notices(afterSequence: 0) {
    sequence
    type
    occurredAt
  }
}
`,
    },
  ];

  // Demo clients: [{ clientId, organisation, kind, token }]. Only a demo server answers with them.
  let demoClients = [];
  async function loadDemoClients() {
    const read = async (file) => (await fetch(address(`../page/${file}`), { cache: "no-store" })).json();
    try {
      demoClients = (await read("about.json")).demo ? await read("clients.json") : [];
    } catch {
      demoClients = [];
    }
  }

  function secondsLeft(token) {
    try {
      const claims = JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      return claims.exp - Date.now() / 1000;
    } catch {
      return 0;
    }
  }

  // A demo token runs out after minutes: the demo server gives a new one.
  async function currentToken() {
    if (clientBox.hidden) return tokenField.value.trim();
    const find = () => demoClients.find((client) => client.clientId === clientField.value)?.token ?? "";
    if (secondsLeft(find()) < 30) await loadDemoClients();
    return find();
  }

  async function authorisation() {
    const token = await currentToken();
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  async function authorisedFetch(url, init) {
    const answer = await fetch(url, { ...init, headers: { ...init.headers, ...(await authorisation()) } });
    standing.textContent = answer.status === 401 ? "The server does not accept this token." : "";
    return answer;
  }

  // One fetcher and one socket per client asked as: nothing of one viewer's session outlives the change to another.
  let socket;
  async function show() {
    const { Authorization } = await authorisation();
    socket?.dispose();
    const url = address("../graphql");
    const socketUrl = address("../graphql");
    socketUrl.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    socket = graphqlWs.createClient({
      url: socketUrl.href,
      connectionParams: authorisation,
      // The server refuses a token by closing with 44xx: asking again with the same one would not help.
      shouldRetry: (reason) => !(reason?.code >= 4400 && reason?.code < 4500),
    });
    const fetcher = GraphiQL.createFetcher({ url: url.href, fetch: authorisedFetch, wsClient: socket });
    root.render(
      React.createElement(GraphiQL, {
        fetcher,
        schema: Authorization ? undefined : null, // without a token the schema is not asked for: it would be refused
        defaultTabs: welcome,
        defaultEditorToolsVisibility: "variables",
        storage: window.sessionStorage,
      }),
    );
  }

  function listDemoClients() {
    const groups = new Map();
    for (const { clientId, organisation, kind } of demoClients) {
      if (!groups.has(kind)) {
        const group = document.createElement("optgroup");
        group.label = kind.toLowerCase().replaceAll("_", " ");
        groups.set(kind, group);
      }
      const named = organisation ? `${clientId} (${organisation})` : clientId;
      groups.get(kind).append(new Option(named, clientId));
    }
    clientField.replaceChildren(...groups.values());
    const before = sessionStorage.getItem("avrr:client");
    if (demoClients.some((client) => client.clientId === before)) clientField.value = before;
  }

  clientField.addEventListener("change", () => {
    sessionStorage.setItem("avrr:client", clientField.value);
    show();
  });
  tokenField.addEventListener("change", show);

  loadDemoClients().then(() => {
    clientBox.hidden = demoClients.length === 0;
    tokenBox.hidden = !clientBox.hidden;
    if (clientBox.hidden) standing.textContent = "Paste an access token to begin.";
    else listDemoClients();
    show();
  });
})();
