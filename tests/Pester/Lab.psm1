# Namespaces for the Pester suites, made with ip and not with the module under test. The same lab as tests/Kernel.Tests/Lab and
# tests/Cmdlet.Tests/Scenarios have, with the same name prefix, so that each clears what another left behind when its process died.
Set-StrictMode -Version Latest
$Scenarios = Join-Path $PSScriptRoot '../Scenarios'
$Prefix = "mvtt-$PID-"
$script:Count = 0
$script:LastIndex = Get-Random -Minimum 1000000 -Maximum 1900000000
$script:Known = @{}
$script:Switches = @{}

# Runs ip; what it says goes into the error.
function Invoke-Ip {
    $output = & ip @args 2>&1
    if ($LASTEXITCODE -ne 0) { throw "ip $args ended with ${LASTEXITCODE}: $output" }
    $output
}

# Why this host cannot run tests on the kernel, or nothing.
function Get-MissingReason {
    param([string[]] $Kind)
    foreach ($what in @('namespaces') + @($Kind)) {
        if (-not $script:Known.ContainsKey($what)) { $script:Known[$what] = Test-Need $what }
        if ($script:Known[$what]) { return $script:Known[$what] }
    }
}

function Test-Need {
    param([string] $What)
    if ($What -eq 'openvswitch') {
        $missing = 'ovsdb-tool', 'ovsdb-server', 'ovs-vswitchd', 'ovs-vsctl', 'ovs-ofctl' | Where-Object { -not (Test-Path "/usr/bin/$_", "/usr/sbin/$_", "/usr/local/bin/$_", "/usr/local/sbin/$_" -PathType Leaf).Contains($true) }
        if ($missing) { return "Open vSwitch is not on this host: $missing is missing." }
        return
    }
    if (-not (Get-Command ip -CommandType Application -ErrorAction Ignore)) { return "The program 'ip' is not on this host: install iproute2." }
    $name = New-LabName
    $output = & ip netns add $name 2>&1
    if ($LASTEXITCODE -ne 0) { return "No network namespaces here ($output): run as root, or in a container with --privileged." }
    try {
        if ($What -eq 'namespaces') { return }
        Invoke-Ip -n $name link add v0 type veth peer name v1
        $output = & ip -n $name link add link v0 name probe0 type $What 2>&1
        if ($LASTEXITCODE -ne 0) { return "The kernel has no links of kind $What ($output): load the module '$What' on the host." }
    }
    finally {
        Invoke-Ip netns delete $name
    }
}

function New-LabName {
    $script:Count++
    "$Prefix$script:Count"
}

# An interface index that nobody uses, so that no node of the host is in the way.
function New-LabIndex {
    do { $script:LastIndex++ } while (Test-Path "/dev/tap$script:LastIndex")
    $script:LastIndex
}

function New-LabNamespace {
    param([string] $Batch)
    $name = New-LabName
    Invoke-Ip netns add $name
    if ($Batch) { Invoke-Ip -n $name -batch (Join-Path $Scenarios $Batch) }
    $name
}

# The namespace of tests/Scenarios/README.md, and what its placeholders stand for.
function New-Lab {
    $values = @{ ns = New-LabNamespace lab.batch; i1 = New-LabIndex; i2 = New-LabIndex; i3 = New-LabIndex }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (Invoke-Ip -n $values.ns -d -j link show master br0 | ConvertFrom-Json | ForEach-Object { $_ } | Where-Object { $_.linkinfo.info_slave_data.state -ne 'forwarding' -or $_.operstate -ne 'UP' }) {
        if ($clock.Elapsed.TotalSeconds -gt 5) { throw "The lab's bridge ports do not forward." }
        Start-Sleep -Milliseconds 5
    }
    $values
}

# Puts the values in; the second namespace and new names are made when they are first asked for.
function Expand-Placeholder {
    param([hashtable] $Lab, [AllowEmptyString()] [string] $Text)
    if ($Text.Contains('{other}') -and -not $Lab.ContainsKey('other')) { $Lab.other = New-LabNamespace other.batch }
    foreach ($name in 'new', 'new2') {
        if ($Text.Contains("{$name}") -and -not $Lab.ContainsKey($name)) { $Lab[$name] = New-LabName }
    }
    if ($Text.Contains('{ovs}') -and -not $Lab.ContainsKey('ovs')) { $Lab.ovs = Start-OpenVswitch $Lab }
    foreach ($name in @($Lab.Keys)) { $Text = $Text.Replace("{$name}", $Lab[$name]) }
    $Text
}

# An Open vSwitch of the scenario's own; it ends with its input.
function Start-OpenVswitch {
    param([hashtable] $Lab)
    $directory = Join-Path ([IO.Path]::GetTempPath()) (New-LabName)
    $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh')
    (Join-Path $Scenarios 'openvswitch.sh'), $Lab.ns, $directory | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $script:Switches[$directory] = [Diagnostics.Process]::Start($start)
    if ($script:Switches[$directory].StandardOutput.ReadLine() -ne 'ready') { throw "Open vSwitch did not start: $($script:Switches[$directory].StandardError.ReadToEnd())" }
    $directory
}

function Remove-Lab {
    param([hashtable] $Lab)
    if (-not $Lab) { return }
    if ($Lab.ContainsKey('ovs')) {
        $process = $script:Switches[$Lab.ovs]
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(30000)) { $process.Kill($true) }
        $script:Switches.Remove($Lab.ovs)
        Remove-Item $Lab.ovs -Recurse -Force
    }
    foreach ($name in 'ns', 'other', 'new', 'new2') {
        if ($Lab.ContainsKey($name) -and (Test-Path "/run/netns/$($Lab[$name])")) { Invoke-Ip netns delete $Lab[$name] }
    }
}

Export-ModuleMember -Function Invoke-Ip, Get-MissingReason, New-Lab, New-LabName, New-LabIndex, New-LabNamespace, Expand-Placeholder, Remove-Lab
