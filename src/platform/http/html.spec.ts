import { describe, expect, it } from '@jest/globals';
import { Html, html } from './html.js';

describe('a template of HTML', () => {
  it('escapes what is put in, in text and in attributes', () => {
    const text = `<b a="1" c='2'>&</b>`;
    expect(html`<p title="${text}">${text}</p>`.text).toBe(
      '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&lt;/b&gt;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&lt;/b&gt;</p>',
    );
  });

  it('takes HTML as it is, alone and in lists', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);
    expect(html`${items}${new Html('<hr>')}`.text).toBe('<li>a</li><li>&lt;</li><hr>');
  });

  it('writes nothing for what is not there, and zero for zero', () => {
    expect(html`[${undefined}${false}${0}]`.text).toBe('[0]');
  });
});
