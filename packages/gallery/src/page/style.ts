/** The page's style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfbf9; --raised: #fff; --mat: #f0f0ec; --ink: #1b1c1e; --soft: #5d6066; --line: #e3e3dd;
  --accent: #3450c0; --good: #1f7a46; --bad: #b3261e; --busy: #8a5a00; --bad-ground: #fdf1ef;
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --radius: 6px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #141517; --raised: #1c1d20; --mat: #0d0e0f; --ink: #e7e7e4; --soft: #a0a3a8; --line: #303236;
    --accent: #9db0ff; --good: #7bd3a0; --bad: #ff9d94; --busy: #f0c272; --bad-ground: #2c1917;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0 auto; max-width: 82rem; padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 3rem) 5rem; background: var(--ground); color: var(--ink);
  font: 400 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
h1, h2, h3, p, dl, dd, ul, ol, figure, pre { margin: 0; padding: 0; }
h1, h2, h3 { font-weight: 600; line-height: 1.2; letter-spacing: -0.011em; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: .06em; }
code, pre, .extent, .nn, .duration, .facts dd, dl dd { font-variant-numeric: tabular-nums; }
code, pre { font-family: var(--mono); font-size: .9em; }
img { display: block; max-width: 100%; height: auto; }
img.tiny { image-rendering: pixelated; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }

.brand { color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .02em; margin-bottom: .625rem; }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.625rem); }
.facts { display: flex; flex-wrap: wrap; gap: .875rem 2.25rem; margin-top: 1.5rem; }
.facts dt { color: var(--soft); font-size: .75rem; }
.facts dd { font-size: .9375rem; }

.pill { flex: none; font-size: .75rem; font-weight: 600; line-height: 1; padding: .3125rem .5625rem; border-radius: 1rem; color: var(--soft); border: 1px solid currentColor; }
.pill.done { color: var(--good); } .pill.failed { color: var(--bad); } .pill.running, .pill.cancelled { color: var(--busy); }
.dot { display: inline-block; width: .5rem; height: .5rem; border-radius: 50%; margin-right: .5rem; border: 1.5px solid var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dot.done { background: var(--good); border-color: var(--good); } .dot.failed { background: var(--bad); border-color: var(--bad); }
.dot.running, .dot.cancelled { background: var(--busy); border-color: var(--busy); }
.pill.running { animation: pulse 2s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .55; } }

nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: 1.75rem; padding-top: .875rem; border-top: 1px solid var(--line); }
nav a { display: inline-block; padding: .25rem 0; color: inherit; text-decoration: none; font-size: .9375rem; }
nav a:hover { color: var(--accent); }

section { margin-top: clamp(2.5rem, 6vw, 4rem); padding-top: 1.5rem; border-top: 1px solid var(--line); scroll-margin-top: 0; }
main > section:first-of-type { border-top: 0; padding-top: 0; margin-top: 2.25rem; }
section > header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .875rem; }
h2 { font-size: 1.5rem; }
.nn { color: var(--soft); font-weight: 400; margin-right: .25rem; }
.duration { color: var(--soft); font-size: .875rem; }
.empty { color: var(--soft); margin-top: 1rem; }
.error { margin-top: 1rem; padding: .875rem 1rem; border-radius: var(--radius); background: var(--bad-ground); border-left: 3px solid var(--bad); }
.error pre { white-space: pre-wrap; font-size: .875rem; }
.progress { display: flex; align-items: center; gap: .75rem; margin-top: .875rem; color: var(--soft); font-size: .875rem; }
.progress[hidden] { display: none; }
progress { flex: 0 1 20rem; height: .5rem; accent-color: var(--accent); }

summary { cursor: pointer; }
.options { margin-top: .625rem; color: var(--soft); font-size: .875rem; }
.options summary { display: flex; gap: .625rem; list-style: none; }
.options summary::-webkit-details-marker { display: none; }
.options summary > span:first-child { flex: none; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .25em; }
.options .brief { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; opacity: .85; }
.options[open] .brief { visibility: hidden; }
.options dl, #viewer-provenance dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .25rem 1.5rem; margin-top: .625rem; }
.options dl > div, #viewer-provenance dl > div { display: flex; gap: .75rem; justify-content: space-between; border-bottom: 1px solid var(--line); padding: .1875rem 0; }
.options dd, #viewer-provenance dd { color: var(--ink); text-align: right; min-width: 0; }
#viewer-provenance dd { color: #fff; }

.group { margin-top: 1.5rem; }
.group + .group { margin-top: 2.5rem; }
h3 { font-size: 1.0625rem; margin-bottom: .875rem; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13.5rem), 1fr)); gap: 1.5rem 1.25rem; align-items: start; }
.card { min-width: 0; }
.card > a { display: block; border-radius: var(--radius); background: var(--mat); overflow: hidden; cursor: zoom-in; }
.card > a:focus-visible { border-radius: var(--radius); }
.card img { width: 100%; transition: opacity .15s; }
.card > a:hover img { opacity: .88; }
.card.plot { grid-column: span 2; }
.card.plot > a { background: #fff; border: 1px solid var(--line); padding: .5rem; }
figcaption { margin-top: .5rem; font-size: .875rem; line-height: 1.4; }
figcaption b { font-weight: 600; }
figcaption p, .files p { color: var(--soft); font-size: .8125rem; margin-top: .125rem; }
.subject, .extent, .more { color: var(--soft); }

.compare { grid-column: span 2; grid-row: span 2; min-width: 0; }
.stage { --at: 50%; position: relative; display: grid; border-radius: var(--radius); overflow: hidden; background: var(--mat); grid-template-columns: 1fr 1fr; gap: 2px; }
.stage > div { position: relative; min-width: 0; }
.stage img { width: 100%; height: 100%; object-fit: contain; }
.scripted .stage { grid-template-columns: 1fr; gap: 0; }
.scripted .stage > * { grid-area: 1 / 1; }
.scripted .after { clip-path: inset(0 0 0 var(--at)); }
.stage .tag { position: absolute; left: .5rem; bottom: .5rem; padding: .125rem .4375rem; border-radius: 3px; background: rgb(0 0 0 / .62); color: #fff; font-size: .75rem; }
.scripted .after .tag { left: auto; right: .5rem; }
.stage input { display: none; }
.scripted .stage input { display: block; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: ew-resize; z-index: 2; touch-action: pan-y; }
.divider { display: none; }
.scripted .divider { display: block; position: absolute; z-index: 1; inset: 0 auto 0 var(--at); width: 2px; margin-left: -1px; background: #fff; box-shadow: 0 0 0 1px rgb(0 0 0 / .35); pointer-events: none; }
.divider::after { content: "↔"; position: absolute; top: 50%; left: 50%; translate: -50% -50%; width: 1.875rem; height: 1.875rem; border-radius: 50%; background: #fff; color: #1b1c1e;
  box-shadow: 0 1px 4px rgb(0 0 0 / .4); font: 400 1rem/1.75rem var(--sans); text-align: center; }
.stage:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.links { display: flex; gap: .875rem; margin-top: .125rem; }

.table { margin-top: 1.25rem; }
.table summary { font-size: .875rem; }
.scroll { width: fit-content; min-width: min(100%, 22rem); max-width: 100%; margin-top: .5rem; max-height: 26rem; overflow: auto; border: 1px solid var(--line); border-radius: var(--radius); background: var(--raised); }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { padding: .3125rem .75rem; text-align: left; white-space: nowrap; max-width: 24rem; overflow: hidden; text-overflow: ellipsis; }
th { position: sticky; top: 0; background: var(--raised); color: var(--soft); font-weight: 600; box-shadow: inset 0 -1px var(--line); }
tr + tr td { border-top: 1px solid var(--line); }
.number { text-align: right; }
.scroll pre { padding: .75rem 1rem; white-space: pre-wrap; }
.more { margin-top: .375rem; font-size: .8125rem; }
.files { list-style: none; display: grid; gap: .375rem; margin-top: 1.25rem; padding-top: .75rem;
  border-top: 1px dashed var(--line); font-size: .875rem; }
.type { margin-left: .25rem; padding: 0 .3125rem; border: 1px solid var(--line); border-radius: 3px; color: var(--soft); font: .6875rem/1.4 var(--mono); }

dialog { width: 100vw; height: 100vh; height: 100dvh; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; background: #0c0c0d; color: #e7e7e4; }
dialog[open] { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; }
.bar { display: flex; align-items: center; gap: .25rem; padding: .625rem 1rem; }
.bar p { flex: 1; min-width: 0; } #viewer-count { color: #a0a3a8; font-size: .875rem; margin-left: .5rem; white-space: nowrap; }
.bar button { width: 2.75rem; height: 2.75rem; border: 0; border-radius: var(--radius); background: none; color: inherit; font: 1.25rem/1 var(--sans); cursor: pointer; }
.bar button:hover { background: rgb(255 255 255 / .12); }
dialog :focus-visible { outline-color: #fff; }
.canvas { min-height: 0; display: grid; place-items: center; padding: 0 1rem; }
.canvas img { width: 100%; height: 100%; object-fit: contain; min-height: 0; }
.about { padding: .75rem 1rem 1rem; font-size: .875rem; max-height: 45vh; overflow: auto; }
.about p:empty { display: none; }
.about a { color: #9db0ff; } .about details { margin-top: .25rem; } .about summary { color: #a0a3a8; }
.about dl { color: #a0a3a8; --line: #303236; max-width: 70rem; }

@media (prefers-color-scheme: dark) {
  img.plot { filter: invert(.91) hue-rotate(180deg); }
  .card.plot > a { background: #171717; }
}
@media (max-width: 40rem) {
  .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.125rem .75rem; }
  .card.plot, .card.animation, .compare { grid-column: 1 / -1; }
  .facts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .75rem 1rem; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media print {
  :root { --ground: #fff; --ink: #000; --soft: #444; --line: #bbb; }
  body { padding: 0; max-width: none; font-size: 10pt; }
  nav, dialog, .links, .stage input, .divider, .more { display: none !important; }
  .scripted .stage { grid-template-columns: 1fr 1fr; gap: 2px; } .scripted .stage > * { grid-area: auto; } .scripted .after { clip-path: none; }
  figure, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } .scroll { max-height: none; overflow: visible; } img.plot { filter: none; }
}
`;
