using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Tests.Nodes;

public class YamlParserFuzzTests
{
    private const int Iterations = 3_000;
    private const string Sample = "%YAML 1.2\n---\na: &x [1, \"two\\u0041\", 'three', ~]\nb:\n- c: |2-\n    text\n  d: >+\n    folded\n- *x\n? e\n: !!str f # comment\n{g: {h: [*x]}}: 0x1F\n...\n---\n{\"j\": [true, null, 1e3]}\n";
    private const string Alphabet = "{}[]&*!|>'\"%@`#,?:-<=~\\ \n\r\t0aAx.\u00e4\ud83d\ude00\u0085\u2028";

    [Fact]
    public void Attack_MutilatedText_IsReadOrReportedButNeverThrows()
    {
        var random = new Random(20260301);
        for (var i = 0; i < Iterations; i++)
        {
            var text = Sample.ToCharArray().ToList();
            for (var edits = random.Next(1, 12); edits > 0; edits--)
            {
                var at = random.Next(text.Count);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = Alphabet[random.Next(Alphabet.Length)];
                        break;
                    case 1:
                        text.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                        break;
                    default:
                        text.RemoveRange(at, Math.Min(random.Next(1, 9), text.Count - at));
                        break;
                }
            }

            var mutilated = string.Concat(text);
            Should.NotThrow(() => YamlParser.Parse(mutilated, "f"), mutilated);
        }
    }
}
