using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Onboarding.Core.Resources;
using Onboarding.Protocol;

namespace Onboarding.Core.Bootstrap;

/// <summary>Lines for the hosts file that lead an application to its sidecar's egress listeners, as nothing is redirected.</summary>
internal sealed class HostAliases
{
    /// <summary>More lines than these slow down every look-up of a machine; then none is written.</summary>
    public const int MaxLines = 1000;

    private readonly WorkloadGroup group;
    private readonly ImmutableArray<ServiceSummary> services;
    private readonly string domain;
    private readonly List<HostsEntry> lines = [];
    private readonly List<string> notes = [];
    private readonly Dictionary<string, string> addressOfName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the lines for a workload of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="sidecar">The Sidecar that applies.</param>
    /// <param name="services">The Services that are known.</param>
    /// <param name="clusterDomain">The cluster's domain, e.g. <c>cluster.local</c>.</param>
    public HostAliases(WorkloadGroup group, Sidecar sidecar, ImmutableArray<ServiceSummary> services, string clusterDomain)
    {
        (this.group, this.services) = (group, services);
        domain = $".svc.{clusterDomain}";
        foreach (var listener in sidecar.Egress.Where(IsOnLoopback))
        {
            foreach (var host in listener.Hosts)
            {
                Add(listener, host, sidecar.Metadata.Namespace);
            }
        }
    }

    /// <summary>The lines; empty when there are too many.</summary>
    public IReadOnlyList<HostsEntry> Lines => HasTooMany ? [] : lines;

    /// <summary>Whether there are more than <see cref="MaxLines"/>.</summary>
    public bool HasTooMany => lines.Count > MaxLines;

    /// <summary>Hosts that have no line, and why.</summary>
    public IReadOnlyList<string> Notes => notes;

    private static bool IsOnLoopback(SidecarEgress listener) =>
        IPAddress.TryParse(listener.Bind, out var address) && address.GetAddressBytes() is [127, _, _, _];

    private void Add(SidecarEgress listener, string host, string sidecarNamespace)
    {
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        var @namespace = slash < 0 ? "" : host[..slash];
        var name = host[(slash + 1)..];
        @namespace = @namespace == "." ? sidecarNamespace : @namespace;
        if (@namespace == "~")
        {
            return;
        }

        if (@namespace is "" or "*" || name.StartsWith("*.", StringComparison.Ordinal))
        {
            notes.Add($"Egress host {host} has no alias: it names no single host.");
        }
        else if (name == "*")
        {
            AddServices(listener, host, @namespace);
        }
        else if (name.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && name[..^domain.Length].Split('.') is [var service, var ofNamespace])
        {
            AddService(listener.Bind, service, ofNamespace);
        }
        else if (group.Metadata.Annotations.TryGetValue(WellKnownMetadata.AliasExternalHostsAnnotation, out var allowed) && allowed == "true")
        {
            AddLine(listener.Bind, [name]);
        }
        else
        {
            notes.Add($"Egress host {host} has no alias: it is outside the cluster, and the group is not annotated {WellKnownMetadata.AliasExternalHostsAnnotation}: \"true\".");
        }
    }

    private void AddServices(SidecarEgress listener, string host, string @namespace)
    {
        var found = services.Where(service => service.Namespace == @namespace && (listener.Port is not { } port || service.Ports.Contains(port))).ToList();
        if (found.Count == 0)
        {
            var port = listener.Port is { } number ? " with port " + number.ToString(CultureInfo.InvariantCulture) : "";
            notes.Add($"Egress host {host} has no alias: no Service of namespace {@namespace}{port} is known.");
        }

        foreach (var service in found)
        {
            AddService(listener.Bind, service.Name, @namespace);
        }
    }

    private void AddService(string bind, string service, string @namespace)
    {
        List<string> names = [$"{service}.{@namespace}.svc", $"{service}.{@namespace}{domain}", $"{service}.{@namespace}"];
        if (@namespace == group.Metadata.Namespace)
        {
            names.Add(service);
        }

        AddLine(bind, names);
    }

    /// <summary>A name stands for one address: the first that claims it.</summary>
    private void AddLine(string bind, IEnumerable<string> names)
    {
        var added = new List<string>();
        foreach (var name in names)
        {
            if (addressOfName.TryAdd(name, bind))
            {
                added.Add(name);
            }
            else if (addressOfName[name] != bind)
            {
                notes.Add($"{name} stays an alias of {addressOfName[name]}: a second egress listener claims it for {bind}.");
            }
        }

        if (added.Count > 0)
        {
            lines.Add(new HostsEntry(bind, added));
        }
    }
}
