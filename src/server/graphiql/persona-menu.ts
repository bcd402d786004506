import { PERSONAS_PATH, TOKEN_PATH } from "../sign-in/personas.ts";

/**
 * The persona menu of GraphiQL (AP-21): a bar above the page that signs every request of it in as whoever is chosen.
 *
 * Its outbox shows the mails of whoever's organisation that is.
 *
 * It needs nothing of GraphiQL but that it calls `fetch`; an `Authorization` header of one's own comes first.
 */
export const PERSONA_MENU = `
<style>
  /* GraphiQL is as high as the window by itself; here it gets what the menu leaves. */
  body { display: flex; flex-direction: column; height: 100vh; overflow: hidden; }
  #root { flex: 1; min-height: 0; position: relative; overflow: hidden; }
  #root .graphiql-container { height: 100%; width: 100%; }
  #personas { display: flex; gap: 8px; align-items: center; padding: 6px 12px; font: 14px system-ui, sans-serif;
    background: #1f2937; color: #f9fafb; }
  #personas label { white-space: nowrap; }
  #personas select { font: inherit; max-width: 40ch; }
  #personas output { opacity: 0.8; }
  #personas button { font: inherit; margin-left: auto; }
  #outbox { font: 14px/1.5 system-ui, sans-serif; width: min(70ch, 90vw); max-height: 80vh; }
  #outbox article { border-top: 1px solid #d1d5db; padding: 8px 0; }
  #outbox h3 { margin: 0; font-size: inherit; }
  #outbox pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0; }
</style>
<form id="personas" aria-label="Sign in as">
  <label for="persona">Sign in as</label>
  <select id="persona"><option value="">nobody</option></select>
  <output for="persona"></output>
  <button type="button" aria-haspopup="dialog">Outbox</button>
</form>
<dialog id="outbox" aria-label="Outbox"><form method="dialog"><button>Close</button></form><div></div></dialog>
<script>
  (() => {
    const select = document.getElementById("persona");
    const shows = document.querySelector("#personas output");
    const KEY = "sightline:persona";
    const plainFetch = window.fetch.bind(window);
    let token = Promise.resolve(null);

    window.fetch = async (resource, options = {}) => {
      const url = new URL(resource instanceof Request ? resource.url : resource, location.href);
      if (url.origin !== location.origin || url.pathname !== location.pathname) return plainFetch(resource, options);
      const headers = new Headers(options.headers ?? (resource instanceof Request ? resource.headers : undefined));
      const signedIn = await token;
      if (signedIn !== null && !headers.has("authorization")) headers.set("authorization", "Bearer " + signedIn);
      return plainFetch(resource, { ...options, headers });
    };

    const chosen = () => select.selectedOptions[0];
    const signIn = () => {
      const { org, user, shows: hint } = chosen().dataset;
      shows.textContent = hint ?? "";
      token = user === undefined ? Promise.resolve(null)
        : plainFetch("${TOKEN_PATH}?" + new URLSearchParams({ org, user })).then((answer) => answer.ok ? answer.text() : null);
    };
    select.addEventListener("change", () => {
      localStorage.setItem(KEY, select.value);
      signIn();
    });

    const listed = plainFetch("${PERSONAS_PATH}").then((answer) => answer.json()).then((personas) => {
      const groups = new Map();
      for (const { org, organization, email, label, shows } of personas) {
        const option = new Option(label, org + " " + email);
        Object.assign(option.dataset, { org, user: email }, shows === null ? {} : { shows });
        if (!groups.has(org)) groups.set(org, Object.assign(document.createElement("optgroup"), { label: organization }));
        groups.get(org).append(option);
      }
      select.append(...groups.values());
      // Until somebody is chosen it is the first one; that it is nobody has to be chosen as well.
      const first = personas.length === 0 ? "" : personas[0].org + " " + personas[0].email;
      select.value = localStorage.getItem(KEY) ?? first;
      if (select.selectedIndex < 0) select.value = first;
      signIn();
      return token;
    });
    const outbox = document.getElementById("outbox");
    const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
    const shownMail = ({ to, subject, text, status }) => {
      const mail = document.createElement("article");
      mail.append(element("h3", subject), element("div", to + " · " + status.toLowerCase()), element("pre", text));
      return mail;
    };
    document.querySelector("#personas button").addEventListener("click", async () => {
      const asked = { query: "{ outbox { to subject text status } }" };
      const headers = { "content-type": "application/json", accept: "application/json" };
      const answer = await fetch(location.pathname, { method: "POST", headers, body: JSON.stringify(asked) });
      const { data, errors } = await answer.json();
      const mails = (data?.outbox ?? []).map(shownMail);
      const nothing = errors?.[0]?.message ?? "There is no mail yet: invitations appear here.";
      outbox.querySelector("div").replaceChildren(...(mails.length > 0 ? mails : [element("p", nothing)]));
      outbox.showModal();
    });

    // The first request waits until it is known who is signed in.
    token = listed;
  })();
</script>
`;
