package dev.tenure.target.genesys;

import java.net.URI;

/// The regions of Genesys Cloud by the names that AWS has for them, each with its domain (region
/// map of the vendor's Terraform provider, July 2026).
public enum Region {
  US_EAST_1("mypurecloud.com"),
  US_EAST_2("use2.us-gov-pure.cloud"),
  US_WEST_2("usw2.pure.cloud"),
  CA_CENTRAL_1("cac1.pure.cloud"),
  MX_CENTRAL_1("mxc1.pure.cloud"),
  SA_EAST_1("sae1.pure.cloud"),
  EU_WEST_1("mypurecloud.ie"),
  EU_WEST_2("euw2.pure.cloud"),
  EU_CENTRAL_1("mypurecloud.de"),
  EU_CENTRAL_2("euc2.pure.cloud"),
  EUSC_DE_EAST_1("edee1.eusc-pure.cloud"),
  AP_SOUTH_1("aps1.pure.cloud"),
  AP_NORTHEAST_1("mypurecloud.jp"),
  AP_NORTHEAST_2("apne2.pure.cloud"),
  AP_NORTHEAST_3("apne3.pure.cloud"),
  AP_SOUTHEAST_1("apse1.pure.cloud"),
  AP_SOUTHEAST_2("mypurecloud.com.au"),
  ME_CENTRAL_1("mec1.pure.cloud");

  private final String domain;

  Region(String domain) {
    this.domain = domain;
  }

  /// Where tokens are given.
  URI login() {
    return URI.create("https://login." + domain);
  }

  /// Where everything else is.
  URI api() {
    return URI.create("https://api." + domain);
  }
}
