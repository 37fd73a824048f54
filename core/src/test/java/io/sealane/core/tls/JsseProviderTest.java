package io.sealane.core.tls;

final class JsseProviderTest extends TlsProviderContract {
    @Override
    protected TlsProvider provider() {
        return new JsseProvider();
    }

    /// JSSE ends the handshake with `illegal_parameter`. Clients that connect to `::1` by its
    /// literal (lftp, Perl, Ruby) need the BoringSSL provider.
    @Override
    protected boolean takesAddressAsServerName() {
        return false;
    }

    /// JSSE has one alert for whatever its trust manager says.
    @Override
    protected String alertFor(ClientCertificateException.Reason reason) {
        return "certificate_unknown";
    }

    /// JSSE pads what is no application data by 16 bytes.
    @Override
    protected int closeNotifyBytes(TlsVersion version) {
        return super.closeNotifyBytes(version)
                + switch (version) {
                    case TLS_1_0, TLS_1_1, TLS_1_2 -> 0;
                    case TLS_1_3 -> 16;
                };
    }
}
