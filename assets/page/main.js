// The page: puts its parts to work, and says so where it cannot.

import { byId, make } from "./dom.js";
import * as box from "./box.js";
import * as notices from "./notices.js";
import * as reference from "./reference.js";
import * as who from "./who.js";

async function begin() {
  const about = await (await fetch(new URL("page/about.json", document.baseURI), { cache: "no-store" })).json();
  byId("version").textContent = `avrr-gateway ${about.version}.`;
  byId("explorer-link").hidden = !about.explorer;
  box.begin();
  notices.begin();
  await who.begin(about);
  notices.offerScenes();
  await reference.begin();
  document.documentElement.dataset.ready = "true";
}

begin().catch((error) => {
  byId("ask").prepend(make("p", { class: "fault", role: "alert" }, `The page cannot reach its server: ${error.message}`));
});
