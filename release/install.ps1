# Installs the newest pamphleteer for this user:
#
#     irm https://github.com/@REPOSITORY@/releases/latest/download/install.ps1 | iex
#
# $env:PAMPHLETEER_VERSION names another version, $env:PAMPHLETEER_BIN another folder.
$ErrorActionPreference = 'Stop'
$version = if ($env:PAMPHLETEER_VERSION) { $env:PAMPHLETEER_VERSION } else { '@VERSION@' }
$folder = if ($env:PAMPHLETEER_BIN) { $env:PAMPHLETEER_BIN } else { Join-Path $env:LOCALAPPDATA 'Programs\pamphleteer' }
$name = "pamphleteer-$version-x86_64-pc-windows-msvc"
$base = "https://github.com/@REPOSITORY@/releases/download/v$version"
$place = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $place | Out-Null
try {
    Invoke-WebRequest "$base/$name.zip" -OutFile "$place\$name.zip" -UseBasicParsing
    Invoke-WebRequest "$base/SHA256SUMS" -OutFile "$place\SHA256SUMS" -UseBasicParsing
    $line = Get-Content "$place\SHA256SUMS" | Where-Object { $_ -match "[ *]$([regex]::Escape($name)).zip$" }
    if (-not $line) { throw "SHA256SUMS does not name $name.zip" }
    $wanted = ($line -split ' ')[0]
    if ((Get-FileHash "$place\$name.zip" -Algorithm SHA256).Hash -ne $wanted) {
        throw "$name.zip is not the file that was released: its sum differs"
    }
    Expand-Archive "$place\$name.zip" -DestinationPath $place
    New-Item -ItemType Directory -Path $folder -Force | Out-Null
    Copy-Item "$place\$name\pamphleteer.exe" $folder -Force
}
finally {
    Remove-Item $place -Recurse -Force
}
$path = [Environment]::GetEnvironmentVariable('Path', 'User')
if (($path -split ';') -notcontains $folder) {
    [Environment]::SetEnvironmentVariable('Path', "$path;$folder", 'User')
    Write-Output "added $folder to PATH: open a new terminal"
}
Write-Output "installed $(& "$folder\pamphleteer.exe" --version) in $folder"
