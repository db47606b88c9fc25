/** A configuration profile (Apple, “com.apple.security.root”) that installs this certificate on iPhone, iPad and Mac. */
export function appleProfile(der: Buffer, digest: string): string {
  // The same certificate is the same profile: installing it twice replaces it.
  const id = (from: number) =>
    digest
      .slice(from, from + 32)
      .replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
      .toUpperCase()
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadVersion</key><integer>1</integer>
  <key>PayloadIdentifier</key><string>heyi.authority.${digest.slice(0, 16)}</string>
  <key>PayloadUUID</key><string>${id(0)}</string>
  <key>PayloadDisplayName</key><string>Heyi 合一</string>
  <key>PayloadContent</key><array><dict>
    <key>PayloadType</key><string>com.apple.security.root</string>
    <key>PayloadVersion</key><integer>1</integer>
    <key>PayloadIdentifier</key><string>heyi.authority.${digest.slice(0, 16)}.certificate</string>
    <key>PayloadUUID</key><string>${id(32)}</string>
    <key>PayloadDisplayName</key><string>Heyi 合一</string>
    <key>PayloadCertificateFileName</key><string>heyi-authority.crt</string>
    <key>PayloadContent</key><data>${der.toString('base64')}</data>
  </dict></array>
</dict></plist>
`
}
