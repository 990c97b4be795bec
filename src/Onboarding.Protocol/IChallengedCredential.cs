namespace Onboarding.Protocol;

/// <summary>A credential that is made for one challenge.</summary>
public interface IChallengedCredential
{
    /// <summary>The nonce of the challenge (<see cref="ChallengeResponse.Nonce"/>).</summary>
    string Nonce { get; }
}
