// Nothing needs this: it keeps the two choices of a package in step, and reads values off the fan charts.
(() => {
  const radios = [...document.querySelectorAll('.switch input')];
  for (const radio of radios)
    radio.addEventListener('change', () => {
      for (const other of radios) if (other.value === radio.value) other.checked = true;
    });

  const names = ['1 in 10 below', '1 in 4 below', 'half', '1 in 4 above', '1 in 10 above'];
  const make = (name, attributes, parent) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    return parent.appendChild(element);
  };
  const sign = value => (value < 0 ? '\u2212' : value > 0 ? '+' : '') + Math.abs(Math.round(value)).toLocaleString('en');
  for (const group of document.querySelectorAll('g.hover')) {
    const chart = group.ownerSVGElement;
    const series = JSON.parse(group.dataset.series);
    const leave = () => group.replaceChildren();
    chart.addEventListener('pointerleave', leave);
    chart.addEventListener('pointermove', event => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(chart.getScreenCTM().inverse());
      let k = 0;
      series.x.forEach((x, i) => { if (Math.abs(x - at.x) < Math.abs(series.x[k] - at.x)) k = i; });
      leave();
      make('line', { x1: series.x[k], x2: series.x[k], y1: group.dataset.top, y2: group.dataset.bottom, class: 'cursor' }, group);
      const values = series.bands.map((band, i) => (series.bands.length > 1 ? names[i] + ' ' : '') + sign(band[k]));
      const first = series.bands.length > 1 ? [values[0], values[2], values[4]] : values;
      const flip = series.x[k] > chart.viewBox.baseVal.width / 2;
      ['week ' + series.weeks[k], ...first].forEach((line, i) => {
        const place = { x: series.x[k] + (flip ? -8 : 8), y: +group.dataset.top + 12 + 16 * i };
        make('text', { ...place, 'text-anchor': flip ? 'end' : 'start', class: 'readout paper' }, group).textContent = line;
      });
    });
  }
})();
