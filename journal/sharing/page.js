
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const VERSION = 1, FEWEST = 600000, MOST = 10000000;
  const HEADER = 41, NONCE = 12, TAG = 16;
  const BOXES = ["noticed", "ask", "next", "name", "role"];
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];
  const utf8 = (text) => new TextEncoder().encode(text);
  let opened = null;
  let busy = false;
  let unsent = false;

  function show(id, on) { $(id).hidden = !on; }

  function add(parent, tag, text, name) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (name) made.className = name;
    parent.append(made);
    return made;
  }

  function refuse(why) {
    $("why").textContent = why;
    show("why", true);
    show("plain", true);
    show("unlock", false);
  }

  function fromBase64(text) {
    const letters = atob(text.replace(/\s+/g, ""));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  }

  function toBase64(bytes) {
    let letters = "";
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return btoa(letters).replace(/=+$/, "");
  }

  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  }

  async function sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }

  // ------------------------------------------------------------------ opening

  function readSealed() {
    const bytes = fromBase64($("sealed").textContent);
    if (String.fromCharCode(...bytes.slice(0, 4)) !== "SLPG" || bytes.length < HEADER + NONCE + TAG) throw new Error();
    if (bytes[4] !== VERSION) throw new Error();
    const rounds = new DataView(bytes.buffer).getUint32(5);
    if (rounds < FEWEST || rounds > MOST) throw new Error();
    return { rounds, salt: bytes.slice(9, 25), share: bytes.slice(25, HEADER), header: bytes.slice(0, HEADER),
      nonce: bytes.slice(HEADER, HEADER + NONCE), body: bytes.slice(HEADER + NONCE) };
  }

  async function keysOf(words, sealed) {
    const secret = await crypto.subtle.importKey("raw", utf8(words), "PBKDF2", false, ["deriveBits"]);
    const stretch = { name: "PBKDF2", hash: "SHA-256", salt: sealed.salt, iterations: sealed.rounds };
    const master = await crypto.subtle.deriveBits(stretch, secret, 256);
    const root = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveKey"]);
    const key = (label, use) => crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(label) }, root,
      { name: "AES-GCM", length: 256 }, false, [use]);
    return { page: await key("small-l/page/1", "decrypt"), reply: await key("small-l/page reply/1", "encrypt") };
  }

  async function unseal(words, sealed) {
    const keys = await keysOf(words, sealed);
    const how = { name: "AES-GCM", iv: sealed.nonce, additionalData: sealed.header };
    const raw = new Uint8Array(await crypto.subtle.decrypt(how, keys.page, sealed.body));
    const excerpt = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
    if (excerpt.format !== "small-l excerpt" || excerpt.version !== 1) throw new Error();
    return { excerpt, digest: hex(await sha256(raw)), key: keys.reply, share: sealed.share, marks: new Set() };
  }

  async function open(event) {
    event.preventDefault();
    if (busy) return;
    const words = ($("words").value.normalize("NFKC").toLowerCase().match(/[a-z]+/g) || []).join(" ");
    if (!words) return wrong("Type the words you were given.");
    wrong("", true);
    busy = true;
    $("open").setAttribute("aria-disabled", "true");
    $("busy").textContent = "Opening…";
    try {
      opened = await unseal(words, sealed);
    } catch {
      wrong("These words do not open this page. Look at their spelling and order, and try again.");
    } finally {
      busy = false;
      $("open").removeAttribute("aria-disabled");
      $("busy").textContent = "";
    }
    if (opened) {
      $("words").value = "";
      read(opened.excerpt);
    }
  }

  function wrong(what, quiet) {
    $("wrong").textContent = what;
    if (quiet) { $("words").removeAttribute("aria-invalid"); return; }
    $("words").setAttribute("aria-invalid", "true");
    $("words").focus();
  }

  // ------------------------------------------------------------------ reading

  function day(text) {
    const [year, month, date] = text.split("-").map(Number);
    return (date ? date + " " : "") + MONTHS[month - 1] + " " + year;
  }

  function read(excerpt) {
    const facts = [["For", excerpt.to], ["From", excerpt.from], ["When it happened", excerpt.when],
      ["Shared in", day(excerpt.created)], ["Please delete it by", excerpt.expires && day(excerpt.expires)]];
    for (const [name, value] of facts) {
      if (!value) continue;
      add($("facts"), "dt", name);
      add($("facts"), "dd", value).dir = "auto";
    }
    $("question").textContent = excerpt.question;
    show("asked", Boolean(excerpt.question));
    $("shift").textContent = excerpt.shift;
    show("moved", Boolean(excerpt.shift));
    let list = null;
    excerpt.passages.forEach((passage, index) => {
      const before = index ? excerpt.passages[index - 1].step : "";
      if (passage.step !== before) add($("passages"), "h3", passage.step || "Without a step").dir = "auto";
      if (!list || passage.step !== before) list = add($("passages"), "ol");
      if (passage.gap) leftOut(list);
      list.append(row(passage, index + 1));
    });
    const first = $("passages").querySelector("button");
    if (first) first.tabIndex = 0;
    sayMarked();
    for (const id of ["excerpt", "reply", "skip"]) show(id, true);
    show("unlock", false);
    $("excerpt").focus();
    window.scrollTo(0, 0);
  }

  function leftOut(list) {
    const gap = add(list, "li", undefined, "gap");
    add(gap, "span", "[…]").setAttribute("aria-hidden", "true");
    add(gap, "span", "Something was left out here.", "unseen");
  }

  function row(passage, number) {
    const item = document.createElement("li");
    const button = add(item, "button", String(number));
    button.type = "button";
    button.tabIndex = -1;
    button.setAttribute("aria-label", "Mark sentence " + number);
    button.setAttribute("aria-pressed", "false");
    add(item, "p", passage.text).dir = "auto";
    item.dataset.number = number;
    return item;
  }

  function toggle(item) {
    const number = Number(item.dataset.number), on = !opened.marks.has(number);
    if (on) opened.marks.add(number); else opened.marks.delete(number);
    item.classList.toggle("marked", on);
    item.querySelector("button").setAttribute("aria-pressed", String(on));
    stand(item.querySelector("button"));
    sayMarked();
    changed();
  }

  function stand(button) {
    for (const other of $("passages").querySelectorAll('button[tabindex="0"]')) other.tabIndex = -1;
    button.tabIndex = 0;
  }

  function clicked(event) {
    const item = event.target.closest("li[data-number]");
    if (!item) return;
    const choosing = !event.target.closest("button") && String(window.getSelection());
    if (!choosing) toggle(item);
  }

  function moved(event) {
    const buttons = Array.from($("passages").querySelectorAll("button"));
    const at = buttons.indexOf(event.target.closest("button"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = buttons[Math.max(0, Math.min(to, buttons.length - 1))];
    stand(next);
    next.focus();
  }

  function sayMarked() {
    const numbers = Array.from(opened.marks).sort((a, b) => a - b);
    const all = numbers.length > 1 ? numbers.slice(0, -1).join(", ") + " and " + numbers.at(-1) : String(numbers[0]);
    $("marked").textContent = numbers.length
      ? "You marked sentence" + (numbers.length > 1 ? "s " : " ") + all + "." : "No sentence is marked.";
  }

  // ------------------------------------------------------------------ replying

  function changed() {
    unsent = true;
    show("result", false);
    $("copied").textContent = "";
    $("missing").textContent = "";
    $("name").removeAttribute("aria-invalid");
  }

  function lacking(what, id) {
    $("missing").textContent = what;
    $(id).setAttribute("aria-invalid", String(id === "name"));
    $(id).focus();
  }

  async function block() {
    const marks = Array.from(opened.marks).sort((a, b) => a - b).map((number) => [number, ""]);
    const [noticed, question, next_step, name, role] = BOXES.map((id) => $(id).value.trim());
    const reply = { digest: opened.digest, format: "small-l reply", marks, name, next_step, noticed, question, role,
      share: hex(opened.share), version: 1 };
    const header = joined(utf8("SLPR"), new Uint8Array([VERSION]), opened.share);
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const how = { name: "AES-GCM", iv: nonce, additionalData: header };
    const body = new Uint8Array(await crypto.subtle.encrypt(how, opened.key, utf8(JSON.stringify(reply))));
    const raw = joined(header, nonce, body);
    const whole = toBase64(joined(raw, (await sha256(raw)).slice(0, 4)));
    const lines = whole.match(/.{1,64}/g);
    return ["-----BEGIN SMALL L REPLY-----", ...lines, "-----END SMALL L REPLY-----", ""].join("\n");
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      $("block").focus();
      $("block").select();
      return document.execCommand("copy");
    }
  }

  async function send(event) {
    event.preventDefault();
    if (busy) return;
    changed();
    if (!opened.marks.size && !["noticed", "ask", "next"].some((id) => $(id).value.trim())) {
      return lacking("Write a line in one of the boxes, or mark a sentence.", "noticed");
    }
    if (!$("name").value.trim()) return lacking("Please give your name, so that the writer knows who answered.", "name");
    busy = true;
    try {
      $("block").value = await block();
      show("result", true);
      const done = await copy($("block").value);
      unsent = !done;
      $("copied").textContent = done ? "Copied. Now paste it into a mail to the writer."
        : "This browser does not let a page copy. The reply below is selected: press Ctrl and C.";
      if (done) $("copy").focus();
    } finally {
      busy = false;
    }
  }

  function toPaper() {
    for (const old of document.querySelectorAll(".paper")) old.remove();
    for (const id of BOXES) {
      const paper = document.createElement("p");
      paper.className = "paper";
      paper.textContent = $(id).value;
      $(id).after(paper);
    }
  }

  // ------------------------------------------------------------------ starting

  let sealed = null;
  if (!(window.crypto && crypto.subtle && window.TextEncoder)) {
    return refuse("This browser, or the place this page was opened from, does not let it decrypt.");
  }
  try {
    sealed = readSealed();
  } catch {
    return refuse("This copy of the page is damaged, or of a form it does not know. Ask the writer to send it again.");
  }
  show("plain", false);
  show("unlock", true);
  $("words").focus();
  $("key").addEventListener("submit", open);
  $("words").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); $("key").requestSubmit(); }
  });
  $("passages").addEventListener("click", clicked);
  $("passages").addEventListener("keydown", moved);
  $("answer").addEventListener("submit", send);
  $("answer").addEventListener("input", changed);
  $("key").noValidate = $("answer").noValidate = true;
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
})();
