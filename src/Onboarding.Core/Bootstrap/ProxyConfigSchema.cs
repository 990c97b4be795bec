using Onboarding.Core.Bootstrap.Proto;
using T = Onboarding.Core.Bootstrap.Proto.ProtoTypes;

namespace Onboarding.Core.Bootstrap;

/// <summary>What is read of Istio's mesh configuration: the fields of istio.mesh.v1alpha1.ProxyConfig and of the messages in it (istio/api, July 2026).</summary>
internal static class ProxyConfigSchema
{
    private static readonly ProtoMessage TlsSettings = new(
        new("mode", T.Enum((0, "DISABLE"), (1, "SIMPLE"), (2, "MUTUAL"), (3, "ISTIO_MUTUAL"))),
        new("clientCertificate", T.String),
        new("privateKey", T.String),
        new("caCertificates", T.String),
        new("credentialName", T.String),
        new("subjectAltNames", new ProtoList(T.String)),
        new("sni", T.String),
        new("insecureSkipVerify", T.BooleanValue),
        new("caCrl", T.String));

    private static readonly ProtoMessage NameAndDefault = new(new("name", T.String), new("defaultValue", T.String));

    private static readonly ProtoMessage Address = new(new ProtoField("address", T.String));

    private static readonly ProtoMessage Tracing = new(
        new("zipkin", Address, "tracer"),
        new("lightstep", new ProtoMessage(new("address", T.String), new("accessToken", T.String)), "tracer"),
        new("datadog", Address, "tracer"),
        new(
            "stackdriver",
            new ProtoMessage(
                new("debug", T.Boolean),
                new("maxNumberOfAttributes", T.Int64Value),
                new("maxNumberOfAnnotations", T.Int64Value),
                new("maxNumberOfMessageEvents", T.Int64Value)),
            "tracer"),
        new(
            "openCensusAgent",
            new ProtoMessage(
                new("address", T.String),
                new("context", new ProtoList(T.Enum((0, "UNSPECIFIED"), (1, "W3C_TRACE_CONTEXT"), (2, "GRPC_BIN"), (3, "CLOUD_TRACE_CONTEXT"), (4, "B3"))))),
            "tracer"),
        new(
            "customTags",
            new ProtoMap(new ProtoMessage(
                new("literal", new ProtoMessage(new ProtoField("value", T.String)), "type"),
                new("environment", NameAndDefault, "type"),
                new("header", NameAndDefault, "type")))),
        new("maxPathTagLength", T.UInt32),
        new("sampling", T.Double),
        new("tlsSettings", TlsSettings),
        new("enableIstioTags", T.BooleanValue));

    private static readonly ProtoMessage RemoteService = new(
        new("address", T.String),
        new("tlsSettings", TlsSettings),
        new("tcpKeepalive", new ProtoMessage(new("probes", T.UInt32), new("time", T.Duration), new("interval", T.Duration))));

    private static readonly ProtoType ForwardedClientCert = T.Enum(
        (0, "UNDEFINED"), (1, "SANITIZE"), (2, "FORWARD_ONLY"), (3, "APPEND_FORWARD"), (4, "SANITIZE_SET"), (5, "ALWAYS_FORWARD_ONLY"));

    private static readonly ProtoMessage HardwareProvider = new(new("pollDelay", T.Duration), new("fallback", T.BooleanValue));

    private static readonly ProtoMessage Disabled = new(new ProtoField("disabled", T.BooleanValue));

    private static readonly ProtoMessage Enabled = new(new ProtoField("enabled", T.BooleanValue));

    private static readonly ProtoMessage ProxyHeaders = new(
        new("forwardedClientCert", ForwardedClientCert),
        new(
            "setCurrentClientCertDetails",
            new ProtoMessage(
                new("subject", T.BooleanValue),
                new("cert", T.BooleanValue),
                new("chain", T.BooleanValue),
                new("dns", T.BooleanValue),
                new("uri", T.BooleanValue))),
        new("requestId", Disabled),
        new("server", new ProtoMessage(new("disabled", T.BooleanValue), new("value", T.String))),
        new("attemptCount", Disabled),
        new("envoyDebugHeaders", Disabled),
        new("metadataExchangeHeaders", new ProtoMessage(new ProtoField("mode", T.Enum((0, "UNDEFINED"), (1, "IN_MESH"))))),
        new("preserveHttp1HeaderCase", T.BooleanValue),
        new("xForwardedHost", Enabled),
        new("xForwardedPort", Enabled));

    private static readonly ProtoMessage ConnectionSettings = new(
        new("profile", T.Enum((0, "SIDECAR"), (1, "EDGE"))),
        new("listenerPerConnectionBufferLimitBytes", T.Int32Value),
        new("clusterPerConnectionBufferLimitBytes", T.Int32Value),
        new("httpIdleTimeout", T.Duration),
        new("httpMaxConnectionDuration", T.Duration),
        new("httpDrainTimeout", T.Duration),
        new("httpRequestTimeout", T.Duration),
        new("httpRequestHeadersTimeout", T.Duration),
        new("httpStreamIdleTimeout", T.Duration),
        new("httpMaxStreamDuration", T.Duration),
        new("httpMaxConcurrentStreams", T.Int32Value),
        new("http2InitialStreamWindowSize", T.Int32Value),
        new("http2InitialConnectionWindowSize", T.Int32Value),
        new(
            "httpHeadersWithUnderscoresAction",
            T.Enum(
                (0, "HEADERS_WITH_UNDERSCORES_UNSPECIFIED"),
                (1, "HEADERS_WITH_UNDERSCORES_ALLOW"),
                (2, "HEADERS_WITH_UNDERSCORES_REJECT_REQUEST"),
                (3, "HEADERS_WITH_UNDERSCORES_DROP_HEADER"))),
        new("httpMergeSlashes", T.BooleanValue),
        new(
            "httpPathWithEscapedSlashesAction",
            T.Enum(
                (0, "PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED"),
                (1, "KEEP_UNCHANGED"),
                (2, "REJECT_REQUEST"),
                (3, "UNESCAPE_AND_REDIRECT"),
                (4, "UNESCAPE_AND_FORWARD"))),
        new("listenerConnectionLimit", T.Int32Value),
        new("globalDownstreamConnectionLimit", T.Int32Value));

    /// <summary>istio.networking.v1alpha3.ReadinessProbe, also a WorkloadGroup's <c>spec.probe</c>.</summary>
    public static ProtoMessage ReadinessProbe { get; } = new(
        new("initialDelaySeconds", T.Int32),
        new("timeoutSeconds", T.Int32),
        new("periodSeconds", T.Int32),
        new("successThreshold", T.Int32),
        new("failureThreshold", T.Int32),
        new(
            "httpGet",
            new ProtoMessage(
                new("path", T.String),
                new("port", T.UInt32),
                new("host", T.String),
                new("scheme", T.String),
                new("httpHeaders", new ProtoList(new ProtoMessage(new("name", T.String), new("value", T.String))))),
            "method"),
        new("tcpSocket", new ProtoMessage(new("host", T.String), new("port", T.UInt32)), "method"),
        new("exec", new ProtoMessage(new ProtoField("command", new ProtoList(T.String))), "method"),
        new("grpc", new ProtoMessage(new("port", T.UInt32), new("service", T.String)), "method"));

    /// <summary>istio.mesh.v1alpha1.ProxyConfig.</summary>
    public static ProtoMessage ProxyConfig { get; } = new(
        new("configPath", T.String),
        new("binaryPath", T.String),
        new("serviceCluster", T.String, "clusterName"),
        new("tracingServiceName", T.Enum((0, "APP_LABEL_AND_NAMESPACE"), (1, "CANONICAL_NAME_ONLY"), (2, "CANONICAL_NAME_AND_NAMESPACE")), "clusterName"),
        new("drainDuration", T.Duration),
        new("discoveryAddress", T.String),
        new("discoveryRefreshDelay", T.Duration),
        new("zipkinAddress", T.String),
        new("statsdUdpAddress", T.String),
        new("envoyMetricsServiceAddress", T.String),
        new("proxyAdminPort", T.Int32),
        new("availabilityZone", T.String),
        new("controlPlaneAuthPolicy", T.Enum((0, "NONE"), (1, "MUTUAL_TLS"), (1000, "INHERIT"))),
        new("customConfigFile", T.String),
        new("statNameLength", T.Int32),
        new("concurrency", T.Int32Value),
        new("proxyBootstrapTemplatePath", T.String),
        new("interceptionMode", T.Enum((0, "REDIRECT"), (1, "TPROXY"), (2, "NONE"))),
        new("tracing", Tracing),
        new("sds", new ProtoMessage(new("enabled", T.Boolean), new("k8sSaJwtPath", T.String))),
        new("envoyAccessLogService", RemoteService),
        new("envoyMetricsService", RemoteService),
        new("proxyMetadata", new ProtoMap(T.String)),
        new("runtimeValues", new ProtoMap(T.String)),
        new("statusPort", T.Int32),
        new("extraStatTags", new ProtoList(T.String)),
        new(
            "gatewayTopology",
            new ProtoMessage(
                new("numTrustedProxies", T.UInt32),
                new("forwardClientCertDetails", ForwardedClientCert),
                new("proxyProtocol", new ProtoMessage()))),
        new("terminationDrainDuration", T.Duration),
        new("meshId", T.String),
        new("readinessProbe", ReadinessProbe),
        new(
            "proxyStatsMatcher",
            new ProtoMessage(
                new("inclusionPrefixes", new ProtoList(T.String)),
                new("inclusionSuffixes", new ProtoList(T.String)),
                new("inclusionRegexps", new ProtoList(T.String)))),
        new("holdApplicationUntilProxyStarts", T.BooleanValue),
        new("caCertificatesPem", new ProtoList(T.String)),
        new("image", new ProtoMessage(new ProtoField("imageType", T.String))),
        new("privateKeyProvider", new ProtoMessage(new("cryptomb", HardwareProvider, "provider"), new("qat", HardwareProvider, "provider"))),
        new("proxyHeaders", ProxyHeaders),
        new("fileFlushInterval", T.Duration),
        new("fileFlushMinSizeKb", T.UInt32),
        new("statsCompression", T.BooleanValue),
        new("connectionSettings", ConnectionSettings));

    /// <summary>What is used of istio.mesh.v1alpha1.MeshConfig.</summary>
    public static ProtoMessage MeshConfig { get; } = new(
        new("trustDomain", T.String),
        new("rootNamespace", T.String),
        new("defaultConfig", ProxyConfig));
}
