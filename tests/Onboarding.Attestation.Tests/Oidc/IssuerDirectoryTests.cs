using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Tests.Oidc;

public sealed class IssuerDirectoryTests : IDisposable
{
    private static readonly JwtIssuerOptions First = new() { Issuer = "https://one.example", ShortName = "one" };
    private static readonly JwtIssuerOptions Second = new() { Issuer = "https://two.example", ShortName = "two" };
    private readonly StubOptionsSource options = new("uid", First);
    private readonly CountingFactory factory = new();
    private readonly IssuerDirectory sut;

    public IssuerDirectoryTests() => sut = new IssuerDirectory(options, factory);

    public void Dispose() => sut.Dispose();

    [Fact]
    public void Find_IsByteForByte()
    {
        sut.Find("https://one.example").ShouldNotBeNull();
        sut.Find("https://one.example/").ShouldBeNull();
        sut.Find("https://ONE.example").ShouldBeNull();
    }

    [Fact]
    public void Changed_AnIssuerThatComes_IsFoundAndTheOtherKeepsItsKeys()
    {
        var keys = sut.Find(First.Issuer)!.Keys;

        options.Set(First with { MaxTokenLifetime = TimeSpan.FromHours(1), AttributesPath = ".vm" }, Second);

        sut.Find(Second.Issuer).ShouldNotBeNull();
        sut.Find(First.Issuer)!.Keys.ShouldBeSameAs(keys);
        sut.Find(First.Issuer)!.Options.MaxTokenLifetime.ShouldBe(TimeSpan.FromHours(1));
        sut.Find(First.Issuer)!.AttributesPath.ShouldNotBeNull();
        factory.Made.Count.ShouldBe(2);
    }

    [Fact]
    public void Changed_AnIssuerThatGoes_IsForgottenWithItsKeys()
    {
        options.Set(Second);

        sut.Find(First.Issuer).ShouldBeNull();
        factory.Made[0].IsDisposed.ShouldBeTrue();
        factory.Made[1].IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public void Changed_KeysFromAnotherPlace_AreMadeAnew()
    {
        options.Set(First with { JwksUri = new Uri("https://one.example/keys") });
        options.Set(First with { Jwks = """{"keys":[]}""" });
        options.Set(First with { Jwks = """{"keys":[]}""", CaFile = "/ca.crt" });

        factory.Made.Count.ShouldBe(4);
        factory.Made.Select(keys => keys.IsDisposed).ShouldBe([true, true, true, false]);
    }

    [Fact]
    public void Dispose_ForgetsAllAndFollowsNoMore()
    {
        sut.Dispose();
        options.Set(First, Second);

        sut.HasAny.ShouldBeFalse();
        factory.Made.ShouldAllBe(keys => keys.IsDisposed);
        factory.Made.Count.ShouldBe(1);
    }

    private sealed class CountingFactory : IIssuerKeysFactory
    {
        public List<CountedKeys> Made { get; } = [];

        public IIssuerKeys Create(JwtIssuerOptions issuer)
        {
            Made.Add(new CountedKeys());
            return Made[^1];
        }
    }

    private sealed class CountedKeys : IIssuerKeys
    {
        public bool IsDisposed { get; private set; }

        public ValueTask<Outcome<VerificationKey>> FindAsync(string? keyId, JwtAlgorithm algorithm, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("not asked here");

        public void Dispose() => IsDisposed = true;
    }
}
