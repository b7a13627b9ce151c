# What the samples share: a lab of network namespaces, guests, and the checks. The recipes themselves are in the samples.
#
#   machine (eth0, 10.99.0.100) ---- port1 \
#                                           switch (in the namespace closet)
#   outside (eth0, 10.99.0.254) ---- port2 /
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$script:lab = $null
Import-Module (Join-Path $PSScriptRoot '../../MacvtapTools.psd1') -Global
if (-not ('MacvtapTools.Samples.GuestFiles' -as [type])) {
    Add-Type -Path (Get-Item (Join-Path $PSScriptRoot '*.cs')).FullName -CompilerOptions '-nullable:enable'
}

# Makes the lab. Where a program is missing it says so, and ends the sample with exit code 2.
function Open-Lab {
    param([string[]] $Needs = @(), [switch] $NoSwitch)
    $missing = @('ip', 'busybox') + $Needs | Where-Object { -not (Test-LabProgram $_) }
    if ($missing) { [Console]::Error.WriteLine("This sample needs $($missing -join ', '). See samples/README.md."); exit 2 }
    $prefix = "mvsample-$PID"
    $script:lab = [pscustomobject]@{
        Machine = "$prefix-machine"; Closet = "$prefix-closet"; Outside = "$prefix-outside"
        Folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) $prefix)).FullName
        Processes = [Collections.Generic.List[Diagnostics.Process]]::new()
        OpenVswitchFolder = $env:OVS_RUNDIR
    }
    $null = New-NetworkNamespace $lab.Machine, $lab.Closet, $lab.Outside
    $null = New-VethLink eth0 port1 -NetworkNamespace $lab.Machine -PeerNetworkNamespace $lab.Closet -Up
    $null = New-VethLink eth0 port2 -NetworkNamespace $lab.Outside -PeerNetworkNamespace $lab.Closet -Up
    if (-not $NoSwitch) {
        $null = New-BridgeLink switch -NetworkNamespace $lab.Closet -ForwardDelay 0 -Up
        Add-BridgePort port1, port2 switch -NetworkNamespace $lab.Closet
    }
    Add-LinkAddress eth0 10.99.0.100/24 -NetworkNamespace $lab.Machine
    Add-LinkAddress eth0 10.99.0.254/24 -NetworkNamespace $lab.Outside
    $lab
}

# Ends what was started, and nothing else, the last one first, and removes what was made.
function Close-Lab {
    if (-not $script:lab) { return }
    for ($i = $lab.Processes.Count - 1; $i -ge 0; $i--) { Stop-LabProgram $lab.Processes[$i] }
    Get-NetworkNamespace "mvsample-$PID-*" | Remove-NetworkNamespace
    Remove-Item $lab.Folder -Recurse -Force
    $env:OVS_RUNDIR = $lab.OpenVswitchFolder # whoever runs samples in a session keeps their own switch
    $script:lab = $null
}

# An interface index that nobody has: /dev/tapN is named after it, and /dev is one for all network namespaces.
function Get-FreeIndex {
    do { $index = Get-Random -Minimum 1000000 -Maximum 1900000000 } while (Test-Path "/dev/tap$index")
    $index
}

# Whether a program is installed.
function Test-LabProgram {
    param([string] $Name)
    $null -ne [MacvtapTools.Samples.GuestFiles]::FindProgram($Name)
}

# Starts a program that the lab ends. What it prints goes to a file, which is given back.
function Start-LabProgram {
    param([string] $Program, [string[]] $ArgumentList)
    $log = Join-Path $lab.Folder "program$($lab.Processes.Count).log"
    $process = Start-Process $Program $ArgumentList -RedirectStandardOutput $log -RedirectStandardError "$log.errors" -RedirectStandardInput /dev/null -PassThru
    $lab.Processes.Add(($process | Add-Member ErrorPath "$log.errors" -PassThru))
    $log
}

# A program that runs already: the lab ends it.
function Add-LabProgram {
    param([int] $Id)
    $lab.Processes.Add([Diagnostics.Process]::GetProcessById($Id))
}

# Asks a program to end, and ends it where it does not.
function Stop-LabProgram {
    param([Diagnostics.Process] $Process)
    if ($Process.HasExited) { return }
    busybox kill -TERM $Process.Id
    if (-not $Process.WaitForExit(10000)) { $Process.Kill($true); $Process.WaitForExit() }
}

# Waits until files, links or whatever are there.
function Wait-Condition {
    param([scriptblock] $Condition, [string] $What, [int] $Seconds = 30)
    for ($end = [DateTime]::UtcNow.AddSeconds($Seconds); -not (& $Condition); Start-Sleep -Milliseconds 50) {
        if ([DateTime]::UtcNow -gt $end) { throw "Waited $Seconds s for $What." }
    }
}

# The kernel and the RAM disk of QEMU's guests. The first time the kernel is fetched: 27 megabytes, kept in the user's cache, not installed.
function Get-GuestFile {
    $files = [MacvtapTools.Samples.GuestFiles]::new((Join-Path $PSScriptRoot 'init'))
    if (-not $files.HasKernel) { 'Fetching a kernel for the guests, 27 megabytes.' | Out-Host; $files.FetchKernel() }
    $disk = Join-Path $lab.Folder 'qemu.cpio'
    [pscustomobject]@{ Kernel = $files.Kernel; RamDisk = (Test-Path $disk) ? $disk : $files.WriteRamDisk($disk, $true) }
}

# The RAM disk of guests of User-mode Linux, which is its own kernel.
function Get-UmlRamDisk {
    $disk = Join-Path $lab.Folder 'uml.cpio'
    (Test-Path $disk) ? $disk : [MacvtapTools.Samples.GuestFiles]::new((Join-Path $PSScriptRoot 'init')).WriteRamDisk($disk, $false)
}

# The arguments of QEMU for a small guest, all but its network card.
function Get-QemuGuest {
    param([string] $Name, [string] $Address, [string[]] $Ping)
    $files = Get-GuestFile
    '-machine', 'q35', '-cpu', 'max', '-m', '96', '-nodefaults', '-display', 'none', '-no-reboot', '-serial', 'stdio'
    '-kernel', $files.Kernel, '-initrd', $files.RamDisk
    '-append', "console=ttyS0 quiet name=$Name address=$Address/24 ping=$($Ping -join ',')"
}

# Takes charge of a guest that was started, and gives its console.
function Watch-Guest {
    param([string] $Name, [Parameter(ValueFromPipeline)] $Process)
    process {
        Add-LabProgram $Process.Id
        [MacvtapTools.Samples.GuestConsole]::new($Name, $Process.StandardOutputPath)
    }
}

# An Open vSwitch of the lab's own in the namespace closet, with its datapath in user space. Gives the socket of its database.
function Start-OpenVswitch {
    $folder = $lab.Folder
    $env:OVS_RUNDIR = $folder # where ovs-ofctl looks for the bridges
    ovsdb-tool create "$folder/conf.db" /usr/share/openvswitch/vswitch.ovsschema
    $null = Start-LabProgram ovsdb-server "$folder/conf.db", "--remote=punix:$folder/db.sock", "--unixctl=$folder/db.ctl", '-vconsole:off'
    Wait-Condition { Test-Path "$folder/db.sock" } 'the database of Open vSwitch'
    ovs-vsctl "--db=unix:$folder/db.sock" --no-wait init
    $null = Start-LabProgram ip netns, exec, $lab.Closet, ovs-vswitchd, "unix:$folder/db.sock", "--unixctl=$folder/vs.ctl", '-vconsole:off'
    "unix:$folder/db.sock"
}

# The promise that a guest reaches an address, or does not. The guest pings all the time and says on its console who answers.
function Confirm-GuestReach {
    param([MacvtapTools.Samples.GuestConsole] $Guest, [string] $Address, [switch] $Not, [string] $Because)
    Wait-GuestReady $Guest
    $before = $Guest.CountRounds($Address)
    Wait-Condition { $null -ne $Guest.Judge($Address, -not $Not, $before) } "$($Guest.Name) to hear of $Address" -Seconds 300
    Confirm-Promise "$($Guest.Name) reaches $Address" $Guest.Judge($Address, -not $Not, $before) -Not:$Not -Because $Because
}

# Waits until a guest has started. Where a program of the lab has failed meanwhile, that is why it does not.
function Wait-GuestReady {
    param([MacvtapTools.Samples.GuestConsole[]] $Guest)
    foreach ($one in $Guest) { Wait-Condition { Assert-LabProgram; $one.IsReady } "$($one.Name) to start" -Seconds 300 }
}

# Ends the sample where one of its programs has ended with an error.
function Assert-LabProgram {
    foreach ($process in $lab.Processes) {
        if ($process.HasExited -and $process.PSObject.Properties['ErrorPath'] -and $process.ExitCode -ne 0) {
            throw "A program of the sample ended with exit code $($process.ExitCode). $(Get-Content $process.ErrorPath -Raw)"
        }
    }
}

# The promise that somebody in a network namespace reaches an address, or does not: an answer has ten pings of a second, silence is believed after two.
function Confirm-Reach {
    param([string] $From, [string] $Address, [switch] $Not, [string] $Because)
    for ($tries = $Not ? 2 : 10; $tries -gt 0; $tries--) {
        $null = ip netns exec $From busybox ping -c 1 -W 1 $Address 2>&1
        if ($LASTEXITCODE -eq 0) { break }
    }
    Confirm-Promise "$($From -replace '.*-') reaches $Address" ($LASTEXITCODE -eq 0) -Not:$Not -Because $Because
}

# Any other promise.
function Confirm-Promise {
    param([string] $What, [bool] $Result, [switch] $Not, [string] $Because)
    $said = $What + ($Result ? ': yes' : ': no') + ($Because ? " ($Because)" : '')
    if ($Result -eq $Not) { throw "Promise broken. $said" }
    "kept: $said"
}
