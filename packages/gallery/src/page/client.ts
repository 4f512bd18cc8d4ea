/**
 * What runs in the page: viewer, dividers and live updates. It is put into the page as source text, so it must not refer to anything outside itself.
 */
export function galleryClient(): void {
  const byId = (id: string): HTMLElement | null => document.getElementById(id);
  const viewer = byId('viewer') as HTMLDialogElement;
  const image = byId('viewer-image') as HTMLImageElement;
  const sources = new Map<string, string>();
  let current: HTMLAnchorElement | undefined;

  const links = (): HTMLAnchorElement[] => [...document.querySelectorAll<HTMLAnchorElement>('a[data-view]')];
  const setText = (id: string, text: string): void => {
    const element = byId(id);
    if (element) element.textContent = text;
  };

  const show = (link: HTMLAnchorElement): void => {
    const { view = '', kind = '', name = '', caption = '' } = link.dataset;
    const all = links();
    current = link;
    image.className = kind;
    image.src = link.href;
    image.alt = link.querySelector('img')?.alt ?? name;
    setText('viewer-title', name);
    setText('viewer-count', `${all.indexOf(link) + 1} of ${all.length}`);
    setText('viewer-caption', caption);
    byId('viewer-file')?.setAttribute('href', link.href);
    const provenance = byId(`${view}-provenance`) as HTMLTemplateElement | null;
    byId('viewer-provenance')?.replaceChildren(...(provenance ? [provenance.content.cloneNode(true)] : []));
    if (!viewer.open) viewer.showModal();
  };

  const step = (by: number): void => {
    const all = links();
    const next = current && all[(all.indexOf(current) + by + all.length) % all.length];
    if (next) show(next);
  };

  image.addEventListener('load', () => {
    const tiny = Math.max(image.naturalWidth, image.naturalHeight) <= 160;
    image.classList.toggle('tiny', tiny && image.className !== 'plot');
  });
  byId('viewer-previous')?.addEventListener('click', () => step(-1));
  byId('viewer-next')?.addEventListener('click', () => step(1));
  byId('viewer-close')?.addEventListener('click', () => viewer.close());
  viewer.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') step(-1);
    if (event.key === 'ArrowRight') step(1);
  });
  viewer.addEventListener('close', () => {
    current?.focus();
    image.removeAttribute('src');
  });
  document.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (target === viewer || target.classList.contains('canvas')) viewer.close();
    const link = target.closest<HTMLAnchorElement>('a[data-view]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link);
  });
  document.addEventListener('input', (event) => {
    const range = event.target as HTMLInputElement;
    range.closest<HTMLElement>('.stage')?.style.setProperty('--at', `${range.value}%`);
  });
  document.documentElement.classList.add('scripted');
  if (document.documentElement.hasAttribute('data-live')) follow();

  function follow(): void {
    const events = new EventSource('./events');
    let stale = false;
    let updating = false;
    const update = async (): Promise<void> => {
      stale = true;
      if (updating || viewer.open) return;
      updating = true;
      try {
        while (stale) {
          stale = false;
          const response = await fetch('./', { cache: 'no-store' });
          if (response.ok) replace(new DOMParser().parseFromString(await response.text(), 'text/html'));
        }
      } finally {
        updating = false;
      }
    };
    const catchUp = (): void => {
      if (stale) void update().catch(() => {});
    };
    events.addEventListener('manifest', () => void update().catch(() => {}));
    events.addEventListener('progress', (event) => progress(JSON.parse(event.data)));
    events.addEventListener('end', () => events.close());
    viewer.addEventListener('close', catchUp);
  }

  /** Puts in what differs; what is open stays open. */
  function replace(page: Document): void {
    const open = new Set([...document.querySelectorAll('details[open]')].map(({ id }) => id));
    const closed = new Set([...document.querySelectorAll('details:not([open])')].map(({ id }) => id));
    for (const id of ['page-header', 'contents']) {
      const [old, fresh] = [byId(id), page.getElementById(id)];
      if (old && fresh && old.outerHTML !== fresh.outerHTML) old.replaceWith(document.adoptNode(fresh));
    }
    const main = byId('runs');
    for (const fresh of [...page.querySelectorAll('#runs > *')]) {
      const old = fresh.id === '' ? null : byId(fresh.id);
      const source = fresh.outerHTML;
      if (old && sources.get(fresh.id) === source) continue;
      const adopted = document.adoptNode(fresh) as HTMLElement;
      for (const details of adopted.querySelectorAll('details')) {
        if (open.has(details.id)) details.open = true;
        if (closed.has(details.id)) details.open = false;
      }
      sources.set(fresh.id, source);
      if (old) old.replaceWith(adopted);
      else main?.append(adopted);
    }
    document.title = page.title;
  }

  function progress({ index, done, total, label }: { index: number; done: number; total: number; label?: string }): void {
    const bar = document.querySelector(`[data-run="${Number(index)}"] > .progress`);
    if (!(bar instanceof HTMLElement)) return;
    bar.hidden = false;
    const meter = bar.querySelector('progress');
    if (meter) [meter.max, meter.value] = [Math.max(total, 1), done];
    const text = bar.querySelector('span');
    if (text) text.textContent = `${done} / ${total}${label ? ` · ${label}` : ''}`;
  }
}
