/* Reports in a headless Chromium: what people see, on a phone and a projector.

     browse.mjs CHROMIUM WORK SHOTS NAME=REPORT...

   WORK holds node_modules with playwright-core and axe-core; SHOTS gets a picture of each
   section ("-": none). Prints TAP. The first report is looked at in every combination, the
   others in two. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [chromium_path, work, shots, ...reports] = process.argv.slice(2);
const require = createRequire(path.join(work, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
let number = 0, bad = 0;

function ok(good, claim, detail) {
  number++;
  if (!good) bad++;
  console.log(`${good ? 'ok' : 'not ok'} ${number} - ${claim}`);
  if (!good && detail) console.log('# ' + JSON.stringify(detail).slice(0, 600));
}

/* In the page: what is wrong with the figures that can be seen. */
function look() {
  const faults = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide + 1) {
    const out = [...document.querySelectorAll('main *')].find(e => e.getBoundingClientRect().right > wide + 1 && !e.closest('.scroll,.broad,svg'));
    faults.push(['page is broader than the window', document.documentElement.scrollWidth, out && out.outerHTML.slice(0, 80)]);
  }
  let count = 0;
  for (const figure of document.querySelectorAll('main figure')) {
    const seen = [...figure.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width > 0);
    if (seen.length !== 1) { faults.push([figure.id, 'pictures', seen.length]); continue; }
    const svg = seen[0], box = svg.getBoundingClientRect(), named = svg.getAttribute('aria-labelledby').split(' ');
    count++;
    if (box.width < 200 || box.height < 30) faults.push([figure.id, 'size', box.width, box.height]);
    if (!named.every(id => document.getElementById(id) && document.getElementById(id).textContent.length > 5)) faults.push([figure.id, 'name']);
    if (!figure.querySelector('figcaption').textContent) faults.push([figure.id, 'title']);
    const scale = box.width / svg.viewBox.baseVal.width;
    if (scale * 11 < 9) faults.push([figure.id, 'small text', scale]);
    for (const t of svg.querySelectorAll('text')) {
      const b = t.getBoundingClientRect();
      if (b.left < box.left - 6 || b.right > box.right + 6) faults.push([figure.id, 'text outside', t.textContent, Math.round(b.left - box.left), Math.round(b.right - box.right)]);
    }
    const section = figure.closest('section');
    if (!section.querySelector('details.tab')) faults.push([figure.id, 'no table']);
  }
  return { count, faults };
}

/* In the page: the contrast of each text of the figures that can be seen, and of marks, by
   WCAG 2.1 (1.4.3: 4.5 to 1; 1.4.11: 3 to 1). What is behind is the last box that covers
   the middle, else the page. */
function contrast() {
  const parse = c => (c.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  const over = (top, under) => { const a = top.length > 3 ? top[3] : 1; return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const paper = parse(getComputedStyle(document.body).backgroundColor), faults = [];
  let least = 99, texts = 0;
  for (const svg of document.querySelectorAll('main figure svg')) {
    if (!svg.getBoundingClientRect().width) continue;
    const boxes = [...svg.querySelectorAll('rect')].map(r => [r.getBoundingClientRect(), getComputedStyle(r).fill]).filter(([, f]) => f !== 'none');
    for (const t of svg.querySelectorAll('text')) {
      const b = t.getBoundingClientRect(), x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2;
      let behind = paper;
      for (const [r, fill] of boxes) if (r.left <= x && x <= r.right && r.top <= y && y <= r.bottom) behind = over(parse(fill), behind);
      const found = ratio(over(parse(getComputedStyle(t).fill), behind), behind);
      least = Math.min(least, found);
      texts++;
      if (found < 4.5) faults.push([svg.closest('figure').id, t.textContent, +found.toFixed(2)]);
    }
    for (const m of svg.querySelectorAll('.b,.s,.i,.t,.part')) {
      const style = getComputedStyle(m), fill = style.fill === 'none' || m.matches('line') ? style.stroke : style.fill;
      const seen = m.matches('.s5') ? style.stroke : fill;
      const behind = m.matches('.part') ? parse(getComputedStyle(svg.querySelector('.b')).fill) : paper;
      const found = ratio(over(parse(seen), behind), behind);
      if (found < 3) faults.push([svg.closest('figure').id, m.getAttribute('class'), +found.toFixed(2)]);
    }
    for (const k of svg.querySelectorAll('.k')) {
      const style = getComputedStyle(k), c = parse(style.stroke).slice(0, 3).concat(Number(style.opacity));
      const found = ratio(over(c, paper), paper);
      if (found < 3) faults.push([svg.closest('figure').id, k.getAttribute('class'), +found.toFixed(2)]);
    }
  }
  return { faults, texts, least: +least.toFixed(2) };
}

/* Numbers in sentences: each link leads to a table that is there, by hand and by key. */
async function links(page, claim) {
  const dead = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1)).filter(id => !document.getElementById(id)));
  const count = await page.locator('.say a.n').count();
  const bare = await page.evaluate(() => [...document.querySelectorAll('.say data')].filter(d => !d.closest('a.n')).length);
  ok(dead.length === 0 && bare === 0, `${claim}: ${count} numbers in sentences lead to their tables`, dead);
  if (!count) return;
  await page.locator('.say a.n').last().focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(50);
  const there = await page.evaluate(() => { const r = document.querySelector('tr.here'), f = document.activeElement; return !!r && r.closest('details').open && f.tagName === 'SUMMARY' && r.getBoundingClientRect().height > 0; });
  ok(there, `${claim}: Enter on a number opens the table at its row`);
}

async function choose(page, claim) {
  await page.locator('#chooser select').first().selectOption({ index: 1 });
  const before = await page.locator('#chooser tbody tr:visible').count();
  const filter = page.locator('#chooser .pick .pick select').first();
  let after = before;
  if (await filter.count()) { await filter.selectOption({ index: 1 }); after = await page.locator('#chooser tbody tr:visible').count(); }
  ok(before > 0 && after > 0 && after <= before, `${claim}: a table is chosen and filtered`);
}

async function use(page, claim) {
  /* the main table: of perturbed counts there is no other */
  const [home, column] = await page.locator('#themes').count() ? ['#themes', 'reflections'] : ['#counts', 'writers_about'];
  const first = await page.evaluate(h => { const t = document.querySelector(h + ' table'); t.closest('details').open = true; return t.tHead.rows[0].cells.length; }, home);
  const at = await page.evaluate(([h, c]) => [...document.querySelectorAll(h + ' thead th')].findIndex(th => th.dataset.c === c), [home, column]);
  await page.locator(home + ' thead th').nth(at).locator('button').click();
  const sorted = await page.evaluate(([h, i]) => {
    const v = [...document.querySelectorAll(h + ' tbody tr')].map(r => r.cells[i].querySelector('data')).map(d => d ? +d.value : -1);
    return v.every((x, k) => k === 0 || v[k - 1] >= x);
  }, [home, at]);
  ok(first > 3 && sorted, `${claim}: a table sorts, hidden cells last`);
  if (home === '#themes') await choose(page, claim);
  if (await page.locator('#f-network select').count()) {
    /* a theme that all ties go to leaves none dark: then another one does */
    const themes = await page.locator('#f-network select option').count();
    let off = 0;
    for (let i = 1; i < themes && off === 0; i++) {
      await page.locator('#f-network select').selectOption({ index: i });
      off = await page.locator('#f-network path.off').count();
    }
    ok(off > 0 || await page.locator('#f-network path').count() < 4, `${claim}: ties light up`);
  }
  await page.evaluate(() => { location.hash = 't-overview'; });
  await page.waitForTimeout(50);
  ok(await page.evaluate(() => { const d = document.getElementById('t-overview'); return !d || d.open; }), `${claim}: a link opens what it points at`);
  const stored = await page.evaluate(() => { try { return localStorage.length + sessionStorage.length; } catch (e) { return 0; } });
  ok(stored === 0 && (await page.context().cookies()).length === 0, `${claim}: nothing is remembered`);
}

async function keyboard(page, claim) {
  await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
  const seen = [];
  for (let i = 0; i < 40; i++) { /* past the end of a short page: from its body on again */
    await page.keyboard.press('Tab');
    seen.push(await page.evaluate(() => {
      const e = document.activeElement, marked = e === document.body || getComputedStyle(e).outlineStyle !== 'none';
      return (e.className === 'skip' ? 'skip' : e.tagName) + (marked ? '' : ' unmarked');
    }));
  }
  ok(seen[0] === 'skip' && seen.includes('SUMMARY') && !seen.some(s => s.endsWith('unmarked')), `${claim}: keys go from the skip link to the tables, and show where they are`, seen);
}

async function policy(page, claim) {
  const ran = await page.evaluate(async () => {
    const s = document.createElement('script');
    s.textContent = 'window.hacked = 2';
    document.body.appendChild(s);
    const i = document.createElement('img');
    i.src = 'https://example.org/x.png';
    document.body.appendChild(i);
    await new Promise(r => setTimeout(r, 150));
    s.remove();
    i.remove();
    return window.hacked;
  });
  ok(ran === undefined, `${claim}: the policy keeps foreign script from running`);
}

async function print(page, claim) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: 680, height: 980 });
  const cut = await page.evaluate(() => [...document.querySelectorAll('main figure, main .sheet')].map(f => [f.id || f.className, f.getBoundingClientRect()])
    .filter(([, b]) => b.width > 0 && (b.height > 990 || b.right > 690)).map(([id, b]) => [id, b.height, b.right]));
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  ok(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 20000 && cut.length === 0 && background === 'rgb(255, 255, 255)',
     `${claim}: prints on A4 without cut figures, dark on light`, cut);
}

const browser = await chromium.launch({ executablePath: chromium_path, args: ['--no-sandbox'] });
for (const [place, entry] of reports.entries()) {
  const name = entry.slice(0, entry.indexOf('=')), file = entry.slice(entry.indexOf('=') + 1);
  for (const width of [360, 1920]) for (const scheme of ['light', 'dark']) for (const script of [true, false]) {
    if (place > 1 && !((width === 360 && scheme === 'dark' && script) || (width === 1920 && scheme === 'light' && !script))) continue;
    const claim = `${name} ${width} ${scheme} ${script ? 'script' : 'no script'}`;
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, javaScriptEnabled: script });
    const page = await context.newPage(), faults = [], asked = [];
    let quiet = false;
    page.on('pageerror', e => faults.push(e.message));
    page.on('console', m => { if (!quiet && ['error', 'warning'].includes(m.type())) faults.push(m.text()); });
    page.on('request', r => { if (!r.url().startsWith('file:') && !r.url().startsWith('data:')) asked.push(r.url()); });
    await page.goto('file://' + path.resolve(file));
    const { count, faults: wrong } = await page.evaluate(look);
    ok(wrong.length === 0, `${claim}: ${count} figures are there, sized and labelled`, wrong);
    const seen = await page.evaluate(contrast);
    ok(seen.faults.length === 0, `${claim}: ${seen.texts} texts of figures have a contrast of ${seen.least} or more, marks of 3`, seen.faults);
    if (shots !== '-' && script) for (const s of await page.$$('section')) if (await s.isVisible()) await s.screenshot({ path: path.join(shots, `${name}-${width}-${scheme}-${await s.getAttribute('id')}.png`) });
    if (script) {
      const hacked = await page.evaluate(() => window.hacked);
      ok(hacked === undefined, `${claim}: nothing from the data runs`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const serious = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
      ok(serious.length === 0, `${claim}: axe has nothing serious to say (${found.violations.length} lesser)`,
         serious.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 120), v.nodes[0].failureSummary]));
      await links(page, claim);
      await use(page, claim);
      if (width === 1920) { await page.goto('file://' + path.resolve(file)); await keyboard(page, claim); await print(page, claim); }
      quiet = true; /* the refusal is told on the console */
      const before = asked.length;
      await policy(page, claim);
      asked.length = before;
    } else if (scheme === 'dark') {
      const text = await page.evaluate(() => document.body.innerText.length);
      ok(text > 1500, `${claim}: whole without script`);
    }
    ok(faults.length === 0, `${claim}: no error`, faults);
    ok(asked.length === 0, `${claim}: nothing is asked of a network`, asked);
    await context.close();
  }
}
await browser.close();
console.log(`1..${number}`);
process.exit(bad ? 1 : 0);
