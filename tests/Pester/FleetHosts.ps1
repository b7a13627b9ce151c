<#
.SYNOPSIS
Makes hosts that answer by SSH: each is a network namespace with eth0, and p0, the port of br0 that eth0 is plugged into, and a /usr/local/share of its own.
.DESCRIPTION
For a process in network and mount namespaces of its own, such as that of Invoke-Example.ps1; it runs in the scratch folder of the example.
The hosts' addresses are 127.0.1.1 and so on, and a private sshd listens on each in this process's network namespace. Names, the client's settings and the
keys are files of the scratch folder, laid over those of the machine in this mount namespace only: nothing of the user's is read or written. The daemons are
children of this process and end with the example.
#>
param(
    [Parameter(Mandatory)] [string[]] $Name,

    # A name without a host behind it: nothing listens there.
    [Parameter(Mandatory)] [string] $Silent
)

$ErrorActionPreference = 'Stop'
$Scratch = (Get-Location).Path
$Shell = (Get-Process -Id $PID).Path
$Patience = [TimeSpan]::FromSeconds(60)

function Invoke-Program {
    param([string] $Program, [string[]] $Arguments)
    $output = & $Program @Arguments 2>&1
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments -join ' ') ended with ${LASTEXITCODE}: $output" }
}

function Write-Line {
    param([string] $File, [string[]] $Lines)
    [IO.File]::WriteAllLines("$Scratch/$File", $Lines)
}

# A file or folder of the scratch folder laid over one of the machine, which is there.
function Hide-Path {
    param([string] $Path, [string] $Over)
    if (Test-Path $Path) { Invoke-Program mount @('--bind', "$Scratch/$Over", $Path) }
}

function New-Key {
    param([string] $File)
    Invoke-Program ssh-keygen @('-q', '-t', 'ed25519', '-N', '', '-C', 'fleet', '-f', "$Scratch/$File")
}

function New-HostNamespace {
    param([string] $Name)
    Invoke-Program ip @('netns', 'add', $Name)
    $lines = 'link set lo up', 'link add br0 type bridge forward_delay 0', 'link add eth0 type veth peer name p0', 'link set br0 up', 'link set eth0 up', 'link set p0 up', 'link set p0 master br0'
    $output = $lines | & ip -n $Name -batch - 2>&1
    if ($LASTEXITCODE -ne 0) { throw "ip -batch: $output" }
}

# A session's environment is the daemon's, not this shell's: paths are full, and where .NET is goes along.
function Start-HostDaemon {
    param([string] $Name, [string] $Address)
    $null = New-Item "$Scratch/$Name/share", "$Scratch/$Name/home" -ItemType Directory
    Write-Line "$Name/session" "mount --bind '$Scratch/$Name/share' /usr/local/share", "exec '$Shell' -sshs -NoLogo"
    $environment = "XDG_DATA_HOME=$Scratch/$Name/home", "XDG_CACHE_HOME=$Scratch/$Name/home", "XDG_CONFIG_HOME=$Scratch/$Name/home"
    if ($env:DOTNET_ROOT) { $environment += "DOTNET_ROOT=$env:DOTNET_ROOT" }
    Write-Line "$Name/sshd_config" @(
        "ListenAddress ${Address}:22"
        "HostKey $Scratch/host-key"
        "AuthorizedKeysFile $Scratch/user-key.pub"
        'StrictModes no'
        'PidFile none'
        'UsePAM yes'
        'PasswordAuthentication no'
        'KbdInteractiveAuthentication no'
        "SetEnv $environment"
        "Subsystem powershell $((Get-Command ip -CommandType Application)[0].Source) netns exec $Name /bin/sh $Scratch/$Name/session"
    )
    $null = Start-Process (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore)[0].Source @('-D', '-E', "$Scratch/$Name/log", '-f', "$Scratch/$Name/sshd_config") -PassThru
}

function Wait-HostDaemon {
    param([string] $Name, [string] $Address)
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        $client = [Net.Sockets.TcpClient]::new()
        try { $client.Connect($Address, 22); return }
        catch [Net.Sockets.SocketException] {
            if ($clock.Elapsed -gt $Patience) { throw "sshd does not listen on ${Address}: $(Get-Content "$Scratch/$Name/log" -ErrorAction Ignore)" }
        }
        finally { $client.Dispose() }
        Start-Sleep -Milliseconds 20
    }
}

$addresses = [ordered]@{}
foreach ($one in @($Name) + $Silent) { $addresses[$one] = "127.0.1.$($addresses.Count + 1)" }

New-Key host-key
New-Key user-key
$null = New-Item "$Scratch/empty" -ItemType Directory
Write-Line names (@('127.0.0.1 localhost') + @($addresses.Keys | ForEach-Object { "$($addresses[$_]) $_" }))
Write-Line ssh_config 'Host host*', "IdentityFile $Scratch/user-key", 'StrictHostKeyChecking no', 'UserKnownHostsFile /dev/null', 'LogLevel ERROR'
Hide-Path /etc/hosts names
Hide-Path /etc/ssh/ssh_config ssh_config
Hide-Path "$([Environment]::GetFolderPath('UserProfile'))/.ssh" empty

# sshd asks for it; /run is this process's own.
$null = New-Item /run/sshd -ItemType Directory -Force

foreach ($one in $Name) {
    New-HostNamespace $one
    Start-HostDaemon $one $addresses[$one]
}
foreach ($one in $Name) { Wait-HostDaemon $one $addresses[$one] }
