using System.Net;

namespace Onboarding.Agent.Sidecar;

/// <summary>Istio's own readiness: its status port, else Envoy's admin port.</summary>
internal sealed class HttpReadinessProbe(HttpMessageHandler handler, TimeProvider time) : IReadinessProbe, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly Uri[] Addresses =
    [
        new("http://127.0.0.1:15021/healthz/ready"),
        new("http://127.0.0.1:15000/ready"),
    ];

    private readonly HttpMessageInvoker http = new(handler);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        foreach (var address in Addresses)
        {
            if (await AnswersOkAsync(address, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => http.Dispose();

    private async Task<bool> AnswersOkAsync(Uri address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await http.SendAsync(request, stop.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
