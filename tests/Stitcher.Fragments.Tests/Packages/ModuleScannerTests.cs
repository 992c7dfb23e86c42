using Stitcher.Fragments.Packages;
using Xunit;

namespace Stitcher.Fragments.Tests.Packages;

public sealed class ModuleScannerTests
{
    [Theory]
    [InlineData("import 'a'", "a")]
    [InlineData("import a from \"a\"; import b, { c as d } from 'b'; import * as e from './e.js'", "./e.js a b")]
    [InlineData("import{ReactiveElement as t}from\"@lit/reactive-element\";export*from\"lit-html\";", "@lit/reactive-element lit-html")]
    [InlineData("export { a, b as default } from 'a'; export * as c from 'c'; export { d }; export default 'no'; export const from = 'no'", "a c")]
    [InlineData("import from from 'a'; import { from } from 'b'; import { 'x from y' as z } from 'c'", "a b c")]
    [InlineData("import data from './data.json' with { type: 'json' }; import 'b'", "./data.json b")]
    [InlineData("import /* 'no' */ a /* from 'no' */ from // 'no'\n 'a'", "a")]
    [InlineData("import('no'); import.meta.url; import.meta.resolve('no'); const a = await import('no')", "")]
    [InlineData("function f() { import('no'); } const a = { import: 'no', export: 'no' }; a.import; a.export\n{ }", "")]
    [InlineData("// import 'no'\n/* import 'no' */ const a = \"import 'no'\" + 'import \"no\"' + `import 'no' ${`import 'no' ${1}`} import 'no'`; import 'a'", "a")]
    [InlineData("const a = /import 'no'/g; const b = /[/'\"]/; import 'a'", "a")]
    [InlineData("const a = b / c; const d = (e) / f / g; const h = i[0] / j / k; import 'a'", "a")]
    [InlineData("if (a) /'/.test(b); for (;;) /\"/.exec(c); import 'a'", "a")]
    [InlineData("a++ / b; c-- / d; function f() {} /'/.test(b); const o = {} / 2; import 'a'", "a")]
    [InlineData("const a = x => { return /'/ }; class B { static { /\"/ } get [/`/]() { return typeof /'/ } } import 'a'", "a")]
    [InlineData("const a = `${{ b: '}' }.b}` + `$ { import 'no' }`; import 'a'", "a")]
    [InlineData("const a = b.return / 2, c = d?.of / 'x'.length; const e = [.../'/.source]; import 'a'", "a")]
    [InlineData("#!/usr/bin/env node 'x\nimport 'a'", "a")]
    [InlineData("import 'a'; import 'a'; export * from 'a'", "a")]
    [InlineData("import 'esc\\u0061ped'; import \"a\"", "a")]
    [InlineData("const $import = 1, import_ = 2, ximport = '3'; import $a from 'a'", "a")]
    public void Static_imports_are_found_where_the_language_has_them_and_nowhere_else(string module, string imports) =>
        Assert.Equal(imports, string.Join(' ', ModuleScanner.Imports(module)));

    [Theory]
    [InlineData("import")]
    [InlineData("import {")]
    [InlineData("export {")]
    [InlineData("export { a } from")]
    [InlineData("import a from 'unended")]
    [InlineData("const a = `${")]
    [InlineData("}}}))]] /")]
    [InlineData("/* unended")]
    [InlineData("'\\")]
    [InlineData("`\\")]
    public void Text_that_is_no_module_has_no_imports_and_does_no_harm(string text) => Assert.Empty(ModuleScanner.Imports(text));
}
